"""Checks on what is typed: enterprise and establishment numbers, and no national numbers."""

import re

from django.core.exceptions import ValidationError
from stdnum.be import vat

from koempel.region.national_number import looks_like_insz

_NOT_A_DIGIT = re.compile(r"\D")
_DIGITS = 10


def digits_of(text: str) -> str:
    """The digits of a Belgian number, however it was typed; an old one of nine gets its zero.

    Examples
    --------
    >>> digits_of("BE 403.019.261")
    '0403019261'
    """
    found = _NOT_A_DIGIT.sub("", text)
    return found.zfill(_DIGITS) if len(found) == _DIGITS - 1 else found


def dotted(number: str) -> str:
    """A number of ten digits as people write it.

    Examples
    --------
    >>> dotted("2147812701"), dotted("")
    ('2.147.812.701', '')
    """
    if len(number) != _DIGITS:
        return number
    head = number[:4] if number[0] in "01" else f"{number[0]}.{number[1:4]}"
    return f"{head}.{number[4:7]}.{number[7:]}"


def validate_enterprise_number(number: str) -> None:
    """Refuse what is no enterprise number of ten digits with a right check."""
    if len(number) != _DIGITS or not number.isdigit() or not vat.is_valid(number):
        raise ValidationError(
            "Dit is geen geldig ondernemingsnummer. Het heeft tien cijfers en begint met 0 of 1, "
            "zoals 0403.019.261. Kijk de cijfers na.",
            code="enterprise_number",
        )


def validate_establishment_number(number: str) -> None:
    """Refuse what is no establishment number: ten digits, first 2 to 8, with a right check."""
    if not re.fullmatch(r"[2-8][0-9]{9}", number) or not _check_digits_are_right(number):
        raise ValidationError(
            "Dit is geen geldig vestigingsnummer. Het heeft tien cijfers en begint met 2 tot 8, "
            "zoals 2.147.812.701. Kijk de cijfers na.",
            code="establishment_number",
        )


def _check_digits_are_right(number: str) -> bool:
    return 97 - int(number[:8]) % 97 == int(number[8:])


def validate_no_national_number(text: str) -> None:
    """Refuse a text that holds a national number: Koempel keeps none, anywhere."""
    if looks_like_insz(text):
        raise ValidationError(
            "Hier staat een rijksregisternummer in. Koempel bewaart dat nergens. Haal het weg.",
            code="national_number",
        )
