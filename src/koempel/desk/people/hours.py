"""Weekly hours as somebody types them: in Dutch or in the notation of the planner."""

import re

from koempel.region.windows import WindowsError, in_words, parse_windows

_DAYS = {
    "ma": "Mo",
    "di": "Tu",
    "wo": "We",
    "do": "Th",
    "vr": "Fr",
    "za": "Sa",
    "zo": "Su",
}
_DAY = re.compile(
    r"\b(ma|di|wo|do|vr|za|zo)(?:andag|nsdag|ensdag|nderdag|ijdag|terdag|ndag)?\b", re.IGNORECASE
)
_WEEK = re.compile(r"\b(?:elke dag|alle dagen)\b", re.IGNORECASE)
_WORKDAYS = re.compile(r"\b(?:werkdagen|in de week)\b", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:van|uur|op)\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\btot(?: en met)?\b|\bt/m\b|[-–])\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:\ben\b|,)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})(?:\s?[u:.h]\s?(\d{2})?)?(?![\d:])")
_SEMICOLON = re.compile(r"\s*;\s*")
_LOOSE = re.compile(r"\s*([,-])\s*")
_NEXT_DAY = re.compile(r"(\d),(?=[A-Z])")


def hours_from(text: str) -> str:
    """Weekly hours in the notation of the planner.

    Raises
    ------
    WindowsError
        When the text cannot be read.

    Examples
    --------
    >>> hours_from("ma-vr 6-14")
    'Mo-Fr 06:00-14:00'
    >>> hours_from("maandag tot vrijdag van 6u30 tot 14.15 uur; zaterdag 8-12")
    'Mo-Fr 06:30-14:15, Sa 08:00-12:00'
    >>> hours_from("Mo-Fr 06:00-14:00")
    'Mo-Fr 06:00-14:00'
    """
    try:
        return str(parse_windows(text.strip()))
    except WindowsError:
        return str(parse_windows(_translated(text)))


def _translated(text: str) -> str:
    plain = _WORKDAYS.sub("ma-vr", _WEEK.sub("ma-zo", text))
    plain = _DAY.sub(lambda found: _DAYS[found[1].lower()], plain)
    plain = _AND.sub(",", _TO.sub("-", _FILLERS.sub(" ", plain)))
    plain = _CLOCK.sub(lambda found: f"{int(found[1]):02}:{found[2] or '00'}", plain)
    plain = _SEMICOLON.sub(",", " ".join(plain.split()))
    return _NEXT_DAY.sub(r"\1, ", _LOOSE.sub(r"\1", plain))


def hours_in_words(text: str) -> str:
    """Weekly hours in Dutch, or why they cannot be read.

    Examples
    --------
    >>> hours_in_words("ma-vr 6-14")
    'maandag tot vrijdag van 6 tot 14 uur'
    >>> hours_in_words("morgen")
    'Dit kunnen we nog niet lezen. Schrijf bijvoorbeeld: ma-vr 6-14'
    """
    try:
        return in_words(parse_windows(hours_from(text)))
    except WindowsError:
        return "Dit kunnen we nog niet lezen. Schrijf bijvoorbeeld: ma-vr 6-14"
