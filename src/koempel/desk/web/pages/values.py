"""Small things that a page shows: a status, a link, a button, an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says, always beside a word; the value is the class in the style."""

    QUIET = ""
    NEEDS_YOU = "lamp"
    GOOD = "ok"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Status:
    """A status: a word with its tone."""

    word: str
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Go:
    """A button to another page, by its address name; who may not open it does not see it."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline: when, what, and perhaps a quieter line below it.

    `is_now` marks what is going on; at most one.
    """

    when: date
    title: str
    text: str = ""
    tone: Tone = Tone.QUIET
    is_now: bool = False

    @property
    def mark(self) -> str:
        """The class of its dot."""
        return "now" if self.is_now else self.tone.value


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on a board and the list behind it; `key` is its colour in the bar above it.

    Without `url` the reader may not open the list; `sign` stands before the number. Over a bar
    `span` says how many of its columns the figure takes, so that it stands above its piece.
    """

    value: float
    label: str
    url: str
    key: str = ""
    sign: str = ""
    span: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the reader."""

    title: str
    url: str
    icon: str
    text: str = ""
    status: Status | None = None

    @property
    def tone(self) -> str:
        """The class of its icon."""
        return self.status.tone.value if self.status else ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value."""

    label: str
    value: object
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a template of its own.

    `facts` are shown first, in three columns; `template` gets `data` as ``section.data``;
    `anchor` is its place in the address of the page.
    """

    title: str = ""
    facts: Sequence[Fact] = ()
    template: str = ""
    data: object = None
    more: Link | None = None
    anchor: str = ""
