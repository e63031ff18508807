"""Columns of a list: which value, how it looks on the page, how it stands in a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from koempel.desk.web.pages.exports import Plain
from koempel.desk.web.pages.values import Status
from koempel.desk.web.templatetags import parts
from koempel.region.vocabulary import Kind


class Show(Enum):
    """How the values of a column look."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    STATUS = "status"
    KINDS = "kinds"


Get = str | Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes
    ----------
    value : str or callable
        Attribute of a row (dots go deeper), or a function of it. It gives text, a number, a day,
        a `Status`, or a `Kind` or several, as `show` says; None where nothing is known.
    sort : str
        Field to sort by in the database; empty when the column does not sort.
    link : callable, optional
        Address that the value leads to.
    note : str or callable, optional
        A second, quieter line.
    decimals : int
        Decimals of a number.
    """

    title: str
    value: Get
    show: Show = Show.TEXT
    sort: str = ""
    link: Callable[[Any], str] | None = None
    note: Get | None = None
    decimals: int = 0

    @property
    def name(self) -> str:
        """The column in the address of a page."""
        return slugify(self.title)

    @property
    def css(self) -> str:
        """Numbers stand right."""
        return "n" if self.show is Show.NUMBER else ""

    def html(self, row: Any) -> SafeString:
        """The value of a row as it stands on the page."""
        value = got(self.value, row)
        inner = NOTHING if value in (None, "", []) else _LOOKS[self.show](value, self.decimals)
        if self.link is not None:
            inner = format_html('<a href="{}">{}</a>', self.link(row), inner)
        note = got(self.note, row) if self.note is not None else None
        if not note:
            return inner
        return format_html('<div>{}<div class="sm mut">{}</div></div>', inner, note)

    def plain(self, row: Any) -> Plain:
        """The value of a row as it stands in a file."""
        value = got(self.value, row)
        if isinstance(value, Status):
            return value.word
        if self.show is Show.KINDS:
            return ", ".join(kind.title for kind in _kinds(value))
        known = isinstance(value, int | float | Decimal) or value is None
        return value if known or self.show is Show.DATE else str(value)


def got(get: Get, row: Any) -> Any:
    """The value that an attribute path or a function finds in a row."""
    return attrgetter(get)(row) if isinstance(get, str) else get(row)


NOTHING = format_html('<span class="none">{}</span>', parts.NOTHING_YET)
"""An empty cell; the class lets a card on a phone leave it out."""


def _kinds(value: Kind | Iterable[Kind] | None) -> list[Kind]:
    if value is None:
        return []
    return [value] if isinstance(value, Kind) else list(value)


def _text(value: Any, decimals: int) -> SafeString:
    return format_html("{}", value)


def _code(value: Any, decimals: int) -> SafeString:
    return _on_one_line(str(value))


def _on_one_line(text: str) -> SafeString:
    return format_html('<span class="nw">{}</span>', text)


def _number(value: Any, decimals: int) -> SafeString:
    return format_html("{}", parts.number(value, decimals))


def _date(value: Any, decimals: int) -> SafeString:
    day, comma, hour = str(parts.day(value)).partition(", ")
    return format_html("{}{}{}", _on_one_line(day), comma, hour)


def _status(value: Any, decimals: int) -> SafeString:
    return parts.status(value)


def _kind_chips(value: Any, decimals: int) -> SafeString:
    return parts.chips(_kinds(value)) or NOTHING


_LOOKS: dict[Show, Callable[[Any, int], SafeString]] = {
    Show.TEXT: _text,
    Show.CODE: _code,
    Show.NUMBER: _number,
    Show.DATE: _date,
    Show.STATUS: _status,
    Show.KINDS: _kind_chips,
}
