"""What a page says after an act, on the next page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest

TOO_LATE = "Die stap kan nu niet. Kijk hieronder hoe het ervoor staat."


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a sentence, and the address that takes it back with one POST."""

    text: str
    undo: str = ""


def say(request: HttpRequest, done: Done) -> None:
    """Say what was done, with the button that undoes it."""
    # The message framework has no room for an address but this.
    messages.success(request, done.text, extra_tags=done.undo)


def warn(request: HttpRequest, text: str) -> None:
    """Say what did not happen, and why."""
    messages.warning(request, text)
