"""A sheet as a PDF, where the extra `pdf` and Debian's libraries for it are installed."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

_TAGGED = "pdf/ua-1"
"""A screen reader can read it."""


def makes_pdf() -> bool:
    """Whether a PDF can be made here; where it cannot, a page can still be printed."""
    return _maker() is not None


def pdf_response(template: str, content: dict[str, Any], *, name: str) -> HttpResponse:
    """A sheet as a file to keep.

    Parameters
    ----------
    template : str
        A whole page with its own style; it cannot fetch anything.
    name : str
        What the file is called, without its suffix.

    Raises
    ------
    RuntimeError
        Where no PDF can be made; `makes_pdf` tells.
    """
    make = _maker()
    if make is None:
        raise RuntimeError("no PDF can be made here")
    response = HttpResponse(
        make(render_to_string(template, content)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@cache
def _maker() -> Callable[[str], bytes] | None:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        # The extra, or the libraries that it draws with.
        return None
    nothing = URLFetcher(allowed_protocols=())

    def make(page: str) -> bytes:
        content: bytes = HTML(string=page, url_fetcher=nothing).write_pdf(pdf_variant=_TAGGED)
        return content

    return make
