"""What a field of a person may hold."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from koempel.region.windows import WindowsError, parse_windows

_CODE = re.compile(r"[A-Z0-9][A-Z0-9._+-]{0,59}")
_ISCO = re.compile(r"[0-9]{1,4}")


def validate_windows(text: str) -> None:
    """Refuse a text that is no weekly windows."""
    try:
        parse_windows(text)
    except WindowsError as error:
        raise ValidationError(
            f"Deze uren kunnen we niet lezen: de tekst {error}. Schrijf bijvoorbeeld "
            "«Mo-Fr 06:00-14:00» voor maandag tot vrijdag van 6 tot 14 uur.",
            code="windows",
        ) from error


def validate_codes(codes: list[str]) -> None:
    """Refuse a list with something else than codes in capitals."""
    _refuse_others(codes, _CODE, "Schrijf codes in hoofdletters, met een spatie ertussen.")


def validate_occupations(codes: list[str]) -> None:
    """Refuse a list with something else than the first digits of occupations."""
    _refuse_others(codes, _ISCO, "Een beroepscode heeft één tot vier cijfers, zoals 9333.")


def _refuse_others(codes: list[str], pattern: re.Pattern[str], remedy: str) -> None:
    wrong = [code for code in codes if not pattern.fullmatch(code)]
    if wrong:
        raise ValidationError(f"«{wrong[0][:40]}» kan hier niet. {remedy}", code="code")


def name_key(first_name: str, last_name: str) -> str:
    """A name without capitals, accents, signs and order, to find the same person again.

    Examples
    --------
    >>> name_key("Yara", "Lampenier") == name_key("LAMPENIER", "Yára")
    True
    """
    plain = unicodedata.normalize("NFKD", f"{first_name} {last_name}".casefold())
    letters = (sign for sign in plain if not unicodedata.combining(sign))
    words = "".join(sign if sign.isalnum() else " " for sign in letters).split()
    return " ".join(sorted(words))


def phone_key(phone: str) -> str:
    """The last nine digits of a phone number: how it is written does not matter.

    Examples
    --------
    >>> phone_key("+32 470 00 00 01") == phone_key("0470/00.00.01")
    True
    """
    return "".join(sign for sign in phone if sign.isdigit())[-9:]
