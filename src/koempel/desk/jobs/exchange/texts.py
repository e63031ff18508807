"""Text out of JSON that others wrote: what it is, or why it is no text."""

import json
from html import escape
from html.parser import HTMLParser
from typing import Any, BinaryIO

from koempel.desk.common.sheets import SheetError
from koempel.desk.jobs.exchange.rows import BREAK, said

Node = dict[str, Any]

_NEW_LINE = frozenset({"br", "p", "li", "div", "ul", "ol", "h1", "h2", "h3", "h4"})


class OddError(ValueError):
    """A value that is not what it should be; the message is Dutch and says what to do."""


def load(file: BinaryIO) -> Any:
    """What a JSON file holds.

    Raises
    ------
    SheetError
        When it is no JSON.
    """
    try:
        return json.loads(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SheetError("Dit bestand is geen UTF-8. Bewaar het opnieuw als UTF-8.") from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a ValueError as well.
        where = f" Het gaat mis op regel {error.lineno}." if hasattr(error, "lineno") else ""
        raise SheetError(f"Dit bestand is geen goede JSON.{where} Haal het opnieuw op.") from error


def text(value: Any) -> str:
    """A value as the text of a cell; nothing for what is not there.

    Raises
    ------
    OddError
        When it is a list, an object, or a yes or no.
    """
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise OddError("Hier staat geen tekst. Schrijf één tekst of één getal.")
    return said(str(value))


def many(value: Any) -> list[Any]:
    """A value that may stand alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def part(node: Any, name: str) -> Any:
    """A value within an object; nothing when there is no object."""
    return node.get(name) if isinstance(node, dict) else None


def as_html(words: str) -> str:
    """A cell as the HTML that a vacancy is described in elsewhere."""
    return escape(words, quote=False).replace(BREAK, "<br>")


def from_html(html: str) -> str:
    """The text of some HTML; nothing of it is kept as HTML."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return said("".join(reader.words))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append(BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in _NEW_LINE - {"br"}:
            self.words.append(BREAK)
