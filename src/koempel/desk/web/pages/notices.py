"""What a page says after an act, on the next page."""

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say what was done; `undo` is the address that takes it back (a POST, one button)."""
    messages.success(request, text, extra_tags=undo)


def warn(request: HttpRequest, text: str) -> None:
    """Say what did not happen, and why."""
    messages.warning(request, text)
