"""Keeping the desk open: the web server and the worker, each in a process of its own.

This process only watches over the two. When the worker dies it starts another one; when the web
server dies everything stops, and whoever started Koempel (systemd) starts it again.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from koempel.desk.operations import holds
from koempel.desk.operations.parents import die_with_parent
from koempel.errors import KoempelError

WEB_PROCESSES = 2
"""One that works out a what-if does not keep the readers waiting."""

THREADS = 4
STOP_WITHIN_S = 20
_LOOK_EVERY_S = 0.2

Child = subprocess.Popen[bytes]


class ServeError(KoempelError):
    """The desk cannot be opened, or closed itself."""


def serve(
    folder: Path,
    *,
    host: str,
    port: int,
    prepare: Callable[[], None],
    say: Callable[[str], None],
    opened: Callable[[str], None],
) -> None:
    """Keep the desk open until SIGINT or SIGTERM.

    Parameters
    ----------
    folder : Path
        The data folder; one server at a time.
    prepare : callable
        Makes the folder ready, once nobody else is at work in it.
    say : callable
        Gets the lines for the user.
    opened : callable
        Called once with the address, when it answers.

    Raises
    ------
    ServeError
        When the port is taken, or when the web server ended on its own.
    HeldError
        When Koempel is already at work in the folder.
    """
    _refuse_taken_port(host, port)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with holds.hold(folder, holds.SERVER), _children() as start:
        prepare()
        _watch(start, host, port, say=say, opened=opened)
    say("Koempel is gestopt.")


def _watch(
    start: Callable[[list[str]], Child],
    host: str,
    port: int,
    *,
    say: Callable[[str], None],
    opened: Callable[[str], None],
) -> None:
    """Start both processes and keep them going until somebody asks to stop."""
    with _signals() as asked:
        web = start(web_command(host, port))
        worker = start(WORKER_COMMAND)
        is_open = False
        while not asked:
            if web.poll() is not None:
                raise ServeError(f"De webserver is gestopt (status {web.returncode}).")
            if worker.poll() is not None:
                say("De werker is gestopt. Er start een nieuwe.")
                worker = start(WORKER_COMMAND)
            if not is_open and _answers(host, port):
                opened(address(host, port))
                is_open = True
            _pause(worker)


def address(host: str, port: int) -> str:
    """What to type in a browser.

    Examples
    --------
    >>> address("0.0.0.0", 8000), address("::1", 80)
    ('http://localhost:8000/', 'http://[::1]:80/')
    """
    shown = "localhost" if host in {"0.0.0.0", "::"} else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def web_command(host: str, port: int) -> list[str]:
    """How the web server is started."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(WEB_PROCESSES), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--log-level", "warning"),
        "koempel.desk.config.wsgi:application",
    ]


WORKER_COMMAND = [
    *(sys.executable, "-m", "django", "work"),
    *("--settings", "koempel.desk.config.settings"),
]


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"Koempel kan niet luisteren op {host}, poort {port}: {error.strerror}. "
                "Kies een andere poort met --port."
            ) from error


def _answers(host: str, port: int) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        socket.create_connection((here, port), timeout=1).close()
    except OSError:
        return False
    return True


def _pause(child: Child) -> None:
    try:
        child.wait(_LOOK_EVERY_S)
    except subprocess.TimeoutExpired:
        return


@contextmanager
def _signals() -> Iterator[list[int]]:
    """A list that fills when somebody asks to stop."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {each: signal.signal(each, note) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _children() -> Iterator[Callable[[list[str]], Child]]:
    """Starts processes, and stops those that still run at the end."""
    started: list[Child] = []

    def start(command: list[str]) -> Child:
        # A session of their own: Ctrl-C reaches this process alone, which stops them in order.
        child = subprocess.Popen(
            command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs here
        )
        started.append(child)
        return child

    try:
        yield start
    finally:
        for child in started:
            child.terminate()
        for child in started:
            _await_end(child)


def _await_end(child: Child) -> None:
    try:
        child.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
