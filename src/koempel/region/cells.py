"""How one cell of a table is read and written, per kind of column.

`reader_of` and `writer_of` resolve a column once; what they return is called for every cell.
A reader refuses with a `CellError`, whose three parts are Dutch and make one sentence each:
what is wrong, what was expected, what to do.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from stdnum.be import vat

from koempel.region.national_number import looks_like_insz
from koempel.region.rows import Column
from koempel.region.windows import Windows, WindowsError, parse_rotation, parse_windows

Reader = Callable[[str], Any]
Writer = Callable[[Any], str]

LONGEST_SHIFT_MIN = 16 * 60

_NO_HOURS = Windows(())
_LONGEST_TEXT = 200
_LONGEST_QUOTE = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2200

# A box around Belgium, degrees.
_LON = (2.3, 6.6)
_LAT = (49.3, 51.7)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._+-]{0,59}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_HERE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class CellError(ValueError):
    """A cell, or a few cells together, that cannot be right.

    Attributes
    ----------
    problem, expected, remedy : str
        In Dutch, without a full stop: what is wrong, what was expected, what to do.
    """

    def __init__(self, problem: str, *, expected: str, remedy: str) -> None:
        self.problem = problem
        self.expected = expected
        self.remedy = remedy
        super().__init__(problem)


def quoted(text: str) -> str:
    """A value as a message shows it: short, printable, and never a national number."""
    if looks_like_insz(text):
        return "«(verborgen)»"
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    return f"«{shown}»"


def suggestion(word: str, known: Iterable[str]) -> str:
    """Advice to write the known word that looks most like this one; empty when none does."""
    close = _closest(word.lower()[:_LONGEST_QUOTE], tuple(known))
    return f"bedoel je «{close}»? Schrijf dat dan" if close else ""


# A wrong word seldom comes alone: the same one stands in a whole column.
@lru_cache(maxsize=1_000)
def _closest(word: str, known: tuple[str, ...]) -> str:
    by_lower = {each.lower(): each for each in known}
    return "".join(by_lower[each] for each in get_close_matches(word, by_lower, n=1, cutoff=0.6))


def refuse_national_number(text: str) -> None:
    """Refuse a text with a national number in it; the message does not repeat the number.

    Raises
    ------
    CellError
        When the text holds one.
    """
    if looks_like_insz(text):
        raise CellError(
            "hier staat een rijksregisternummer",
            expected="een eigen nummer dat niets over de persoon zegt",
            remedy="haal het nummer weg en gebruik een dossiernummer",
        )


def reader_of(column: Column) -> Reader:
    """Resolve how the cells of a column are read.

    Parameters
    ----------
    column : Column
        What is known of the column.

    Returns
    -------
    callable
        From the text of a cell to its value; raises `CellError`.
    """
    single = _READERS[column.kind](column)
    filled = _many(single) if column.many else single
    default = column.default

    def read(text: str) -> Any:
        text = text.strip()
        if text:
            return filled(text)
        if column.required:
            raise CellError("is leeg", expected=_EXPECTED[column.kind], remedy="vul de cel in")
        return default

    return read


def writer_of(column: Column) -> Writer:
    """Resolve how the values of a column are written; what is written reads back the same."""
    single = _WRITERS.get(column.kind, str)
    if column.many:
        return lambda value: " ".join(single(each) for each in value)
    if column.required:
        return single
    return lambda value: "" if value is None or value == _NO_HOURS else single(value)


def _many(single: Reader) -> Reader:
    def read(text: str) -> tuple[Any, ...]:
        values = tuple(single(word) for word in text.split())
        if len(set(values)) < len(values):
            raise CellError(
                f"{quoted(text)} noemt iets twee keer",
                expected="elke waarde één keer, met een spatie ertussen",
                remedy="schrap wat dubbel staat",
            )
        return values

    return read


_EXPECTED = {
    "id": "een eigen code van letters, cijfers, punten en streepjes, zonder spaties",
    "ref": "een code die in de andere tabel staat",
    "text": f"tekst van hoogstens {_LONGEST_TEXT} tekens op één regel",
    "code": "een code in hoofdletters, cijfers, punten en streepjes",
    "number": "een getal, zoals 19 of 19,5",
    "whole": "een geheel getal, zoals 12",
    "date": "jjjj-mm-dd, zoals 2027-01-04",
    "month": "jjjj-mm, zoals 2024-09",
    "time": "uu:mm, zoals 05:45",
    "windows": "vaste uren per week, zoals Mo-Fr 06:00-14:00",
    "rotation": "vaste uren per week, zoals Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00",
    "lon": f"een lengtegraad in België, tussen {str(_LON[0]).replace('.', ',')} en "
    f"{str(_LON[1]).replace('.', ',')}",
    "lat": f"een breedtegraad in België, tussen {str(_LAT[0]).replace('.', ',')} en "
    f"{str(_LAT[1]).replace('.', ',')}",
    "nis": "een NIS-code van vijf cijfers, zoals 71070",
    "postcode": "een postcode van vier cijfers, zoals 3550",
    "isco": "een ISCO-08-code van één tot vier cijfers, zoals 9112",
    "enterprise": "een ondernemingsnummer van tien cijfers met een juist controlegetal",
    "enum": "een van de vaste woorden",
}


def _pattern(kind: str, pattern: re.Pattern[str], problem: str, remedy: str) -> Reader:
    def read(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise CellError(f"{quoted(text)} {problem}", expected=_EXPECTED[kind], remedy=remedy)

    return read


def _id(column: Column) -> Reader:
    plain = _pattern(column.kind, _ID, "is geen geldige code", "kies een code zonder spaties")

    def read(text: str) -> Any:
        refuse_national_number(text)
        return plain(text)

    return read


def _code(column: Column) -> Reader:
    plain = _pattern("code", _CODE, "is geen geldige code", "schrijf de code in hoofdletters")

    def read(text: str) -> Any:
        refuse_national_number(text)
        return plain(text)

    return read


def _text(column: Column) -> Reader:
    longest = column.high or _LONGEST_TEXT

    def read(text: str) -> str:
        refuse_national_number(text)
        if len(text) <= longest and text.isprintable():
            return text
        raise CellError(
            f"{quoted(text)} is te lang of heeft vreemde tekens",
            expected=_EXPECTED["text"],
            remedy="kort de tekst in en haal onzichtbare tekens weg",
        )

    return read


def _digits(count: str, problem: str) -> Callable[[Column], Reader]:
    def resolve(column: Column) -> Reader:
        pattern = re.compile(f"[0-9]{{{count}}}")
        return _pattern(column.kind, pattern, problem, "kijk de cijfers na")

    return resolve


def _isco(column: Column) -> Reader:
    pattern = re.compile("[0-9]{4}" if column.low == 4 else "[0-9]{1,4}")
    return _pattern("isco", pattern, "is geen ISCO-code", "kijk de cijfers na")


def _number(column: Column) -> Reader:
    def read(text: str) -> float:
        if not _NUMBER.fullmatch(text):
            raise CellError(
                f"{quoted(text)} is geen getal",
                expected=_EXPECTED["number"],
                remedy="schrijf alleen cijfers, zonder punt voor duizend en zonder eenheid",
            )
        return _bounded(float(text.replace(",", ".")), text, column)

    return read


def _whole(column: Column) -> Reader:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise CellError(
                f"{quoted(text)} is geen geheel getal",
                expected=_EXPECTED["whole"],
                remedy="schrijf alleen cijfers, zonder komma en zonder eenheid",
            )
        return _bounded(int(text), text, column)

    return read


Amount = TypeVar("Amount", int, float)


def _bounded(value: Amount, text: str, column: Column) -> Amount:
    low, high = column.low, column.high
    assert low is not None
    assert high is not None
    if low <= value <= high:
        return value
    if value < 0:
        problem, remedy = "is negatief", "vul 0 in als er niets is"
    else:
        problem, remedy = "is te klein of te groot", "kijk het getal en de eenheid na"
    raise CellError(
        f"{quoted(text)} {problem}",
        expected=f"een getal van {low:.0f} tot {high:.0f}",
        remedy=remedy,
    )


def _date(column: Column) -> Reader:
    def read(text: str) -> date:
        day = _day(text) if _DATE.fullmatch(text) else None
        if day is None:
            raise CellError(
                f"{quoted(text)} is geen datum",
                expected=_EXPECTED["date"],
                remedy=_date_remedy(text),
            )
        return day

    return read


def _day(iso: str) -> date | None:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _date_remedy(text: str) -> str:
    here = _DATE_HERE.fullmatch(text)
    day = _day(f"{here[3]}-{here[2]:>02}-{here[1]:>02}") if here else None
    if day is None:
        return "kijk na of die dag bestaat"
    return f"schrijf {day.isoformat()}; zet de kolom in het rekenblad op tekst"


def _month(column: Column) -> Reader:
    def read(text: str) -> date:
        first = _day(f"{text}-01") if _MONTH.fullmatch(text) else None
        if first is None:
            raise CellError(
                f"{quoted(text)} is geen maand",
                expected=_EXPECTED["month"],
                remedy="schrijf het jaar, een streepje en de maand; nooit de dag",
            )
        return first

    return read


def _time(column: Column) -> Reader:
    def read(text: str) -> int:
        found = _TIME.fullmatch(text)
        if not found:
            raise CellError(
                f"{quoted(text)} is geen uur",
                expected=_EXPECTED["time"],
                remedy="schrijf uren en minuten met een dubbelpunt",
            )
        return int(found[1]) * 60 + int(found[2])

    return read


_HOURS_REMEDY = (
    "schrijf de dagen als Mo Tu We Th Fr Sa Su en de uren als 06:00-14:00, met een komma ertussen"
)


def _windows(column: Column) -> Reader:
    def read(text: str) -> Windows:
        try:
            week = parse_windows(text)
        except WindowsError as error:
            raise _hours_error(text, str(error), "windows") from None
        if column.required and not week.spans:
            raise _hours_error(text, "heeft geen enkel uur", "windows")
        return week

    return read


def _rotation(column: Column) -> Reader:
    def read(text: str) -> tuple[Windows, ...]:
        try:
            weeks = parse_rotation(text)
        except WindowsError as error:
            raise _hours_error(text, str(error), "rotation") from None
        if not any(week.spans for week in weeks):
            raise _hours_error(text, "heeft geen enkele dienst", "rotation")
        if any(length > LONGEST_SHIFT_MIN for week in weeks for _, length in week.spans):
            raise CellError(
                f"{quoted(text)} heeft een dienst van meer dan {LONGEST_SHIFT_MIN // 60} uur",
                expected=f"diensten van hoogstens {LONGEST_SHIFT_MIN // 60} uur na elkaar",
                remedy="splits wat ploegen na elkaar doen in weken met een | ertussen",
            )
        return weeks

    return read


def _hours_error(text: str, problem: str, kind: str) -> CellError:
    return CellError(f"{quoted(text)} {problem}", expected=_EXPECTED[kind], remedy=_HOURS_REMEDY)


def _coordinate(bounds: tuple[float, float], other: tuple[float, float]) -> Any:
    def resolve(column: Column) -> Reader:
        def read(text: str) -> float:
            value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
            if value is not None and bounds[0] <= value <= bounds[1]:
                return value
            raise _coordinate_error(text, value, column.kind, other)

        return read

    return resolve


def _coordinate_error(
    text: str, value: float | None, kind: str, other: tuple[float, float]
) -> CellError:
    if value is None:
        problem, remedy = "is geen getal", "schrijf graden met een komma, zoals 51,0366"
    elif other[0] <= value <= other[1]:
        problem = "ligt buiten België"
        remedy = "wissel lengte en breedte om: de lengte is hier rond 5, de breedte rond 51"
    else:
        problem, remedy = "ligt buiten België", "kijk de coördinaat na; gebruik graden (WGS84)"
    return CellError(f"{quoted(text)} {problem}", expected=_EXPECTED[kind], remedy=remedy)


def _enterprise(column: Column) -> Reader:
    def read(text: str) -> str:
        if not vat.is_valid(text):
            raise CellError(
                f"{quoted(text)} is geen ondernemingsnummer",
                expected=_EXPECTED["enterprise"],
                remedy="kijk het nummer na in de Kruispuntbank, of laat de cel leeg",
            )
        return str(vat.compact(text))

    return read


def _enum(column: Column) -> Reader:
    choices = column.choices
    assert choices is not None
    words: dict[str, StrEnum] = {each.value: each for each in choices}

    def read(text: str) -> StrEnum:
        found = words.get(text)
        if found is None:
            raise CellError(
                f"{quoted(text)} is hier geen bekend woord",
                expected="een van " + ", ".join(words),
                remedy=suggestion(text, words) or "kies een van deze woorden",
            )
        return found

    return read


_READERS: dict[str, Callable[[Column], Reader]] = {
    "id": _id,
    "ref": _id,
    "text": _text,
    "code": _code,
    "number": _number,
    "whole": _whole,
    "date": _date,
    "month": _month,
    "time": _time,
    "windows": _windows,
    "rotation": _rotation,
    "lon": _coordinate(_LON, _LAT),
    "lat": _coordinate(_LAT, _LON),
    "nis": _digits("5", "is geen NIS-code"),
    "postcode": _digits("4", "is geen postcode"),
    "isco": _isco,
    "enterprise": _enterprise,
    "enum": _enum,
}


def decimal(value: float) -> str:
    """A number as a cell holds it, with a decimal comma and all its digits."""
    return f"{Decimal(repr(float(value))):f}".removesuffix(".0").replace(".", ",")


_WRITERS: dict[str, Writer] = {
    "number": decimal,
    "lon": decimal,
    "lat": decimal,
    "month": lambda value: f"{value:%Y-%m}",
    "time": lambda value: f"{value // 60:02}:{value % 60:02}",
    "rotation": lambda value: " | ".join(map(str, value)),
}
