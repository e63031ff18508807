"""Progress on the terminal, for everything that takes more than a second."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

STAGES = {
    "read": "De tabellen worden gelezen",
    "reach": "Wie kan welke job bereiken?",
    "prices": "Wat is elke plaats en hefboom waard?",
    "places": "Wie krijgt welk voorstel?",
    "exact": "Is dit het beste plan?",
    "reasons": "De redenen worden opgeschreven",
    "write": "Het verslag wordt gemaakt",
}

Told = Callable[[str, float], bool]


@contextmanager
def stages() -> Iterator[Told]:
    """A line per stage of a plan; the first Ctrl-C asks the plan to stop, the second kills."""
    asked: list[bool] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    before = signal.signal(signal.SIGINT, stop)
    try:
        with _progress() as progress:
            lines: dict[str, TaskID] = {}

            def told(stage: str, done: float) -> bool:
                if stage not in lines:
                    for task in lines.values():
                        progress.update(task, completed=1.0)
                    lines[stage] = _line(progress, STAGES[stage])
                progress.update(lines[stage], completed=done)
                return bool(asked)

            yield told
            for task in lines.values():
                progress.update(task, completed=1.0)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """One line for one piece of work; call it with how much is done, 0 to 1."""
    with _progress() as progress:
        line = _line(progress, title)
        yield lambda done: progress.update(line, completed=done)
        progress.update(line, completed=1.0)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<38}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )


def _line(progress: Progress, title: str) -> TaskID:
    if not sys.stderr.isatty():
        # In a log every stage is one plain line.
        print(f"{title} …", file=sys.stderr, flush=True)  # noqa: T201
    return progress.add_task(title, total=1.0)
