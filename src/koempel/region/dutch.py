"""Numbers, days and lists as Dutch readers in Belgium expect them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import ceil

from babel.dates import format_date
from babel.numbers import format_decimal

from koempel.region.windows import DAY_MIN

_LOCALE = "nl_BE"
_THIN = "\u202f"


@lru_cache(maxsize=20_000)
def number(value: float, decimals: int = 0) -> str:
    """A number with a decimal comma and a thin space between thousands.

    Examples
    --------
    >>> number(0.42, 1)
    '0,4'
    >>> number(3986) == "3\\u202f986"
    True
    """
    shape = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(value, shape, locale=_LOCALE)).replace(".", _THIN)


def trimmed(value: float) -> str:
    """A number with as many decimals as it needs, two at most.

    Examples
    --------
    >>> trimmed(38.0), trimmed(37.5)
    ('38', '37,5')
    """
    return str(format_decimal(value, "#,##0.##", locale=_LOCALE)).replace(".", _THIN)


def percent(share: float, decimals: int = 0) -> str:
    """A share as a percentage.

    Examples
    --------
    >>> percent(0.605, 1) == "60,5\\u202f%"
    True
    """
    return f"{number(100 * share, decimals)}{_THIN}%"


def percent_at_most(share: float) -> str:
    """A share as a percentage that is never too low: rounded up to two decimals at most.

    Examples
    --------
    >>> percent_at_most(0.0006123) == "0,07\\u202f%"
    True
    >>> percent_at_most(0.012) == "1,2\\u202f%"
    True
    """
    decimals = 2 if share < 0.001 else 1
    scale = 10**decimals
    # Half a millionth off first: 0.012 * 1000 is a hair over 12 in floating point.
    return percent(ceil(100 * share * scale - 1e-6) / scale / 100, decimals)


def count(how_many: int, one: str, more: str) -> str:
    """A count with its noun; a single one is spelled out.

    Examples
    --------
    >>> count(1, "job", "jobs"), count(22, "job", "jobs")
    ('één job', '22 jobs')
    """
    return f"één {one}" if how_many == 1 else f"{number(how_many)} {more}"


def few(how_many: int) -> str:
    """A count of people for a figure: one to four stays hidden.

    Examples
    --------
    >>> few(3), few(0), few(41)
    ('1 tot 4', '0', '41')
    """
    return "1 tot 4" if 0 < how_many < 5 else number(how_many)


@lru_cache(maxsize=5_000)
def day(when: date) -> str:
    """A day in words.

    Examples
    --------
    >>> day(date(2027, 1, 4))
    '4 januari 2027'
    """
    return str(format_date(when, "d MMMM y", locale=_LOCALE))


def weekday_and_day(when: date) -> str:
    """A day in words with its weekday.

    Examples
    --------
    >>> weekday_and_day(date(2027, 1, 4))
    'maandag 4 januari 2027'
    """
    return str(format_date(when, "EEEE d MMMM y", locale=_LOCALE))


def clock(minute: int) -> str:
    """A time of the day, of minutes since midnight; it may fall on the day before or after.

    Examples
    --------
    >>> clock(332), clock(360), clock(-30)
    ('5.32', '6', '23.30')
    """
    hour, rest = divmod(minute % DAY_MIN, 60)
    return f"{hour}.{rest:02}" if rest else f"{hour}"


def joined(parts: Iterable[str]) -> str:
    """A list with commas and a last "en".

    Examples
    --------
    >>> joined(["fiets"]), joined(["fiets", "les", "opvang"])
    ('fiets', 'fiets, les en opvang')
    """
    *first, last = parts
    return f"{', '.join(first)} en {last}" if first else last


def capital(text: str) -> str:
    """A text with a capital first; "één" becomes "Eén".

    Examples
    --------
    >>> capital("één job"), capital("fiets")
    ('Eén job', 'Fiets')
    """
    return "Eén" + text[3:] if text.startswith("één") else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text with a capital first and a full stop last.

    Examples
    --------
    >>> sentence("één fiets meer helpt")
    'Eén fiets meer helpt.'
    """
    return f"{capital(text).rstrip('.')}."
