"""Voucher codes: short, easy to say, and not to be guessed."""

import re
import secrets

_WORDS = (
    "ANKER", "BERK", "BOEG", "BRIES", "DUIN", "EIK", "FAKKEL", "GRIND", "HAVEN", "HEIDE", "KETEL",
    "KLAVER", "KOMPAS", "KRAAN", "LAMP", "LINDE", "MAST", "MOLEN", "NOOT", "OEVER", "PADDEN",
    "RAAM", "ROER", "SCHACHT", "SLOOT", "SPOOR", "STEEN", "TOREN", "VAART", "VEN", "WIEL", "ZEIL",
)  # fmt: skip
# Without letters that are read as another: I and 1, O and 0.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NOT_IN_A_CODE = re.compile(r"[^A-Z0-9]+")


def new_code() -> str:
    """A fresh voucher code, such as ``LAMP-4837-TK``."""
    number = secrets.randbelow(9_000) + 1_000
    tail = "".join(secrets.choice(_LETTERS) for _ in range(2))
    return f"{secrets.choice(_WORDS)}-{number}-{tail}"


def tidy_code(typed: str) -> str:
    """A code as it is stored, however it was typed.

    Examples
    --------
    >>> tidy_code(" lamp 4837tk"), tidy_code("Lamp-4837-TK")
    ('LAMP-4837-TK', 'LAMP-4837-TK')
    """
    solid = _NOT_IN_A_CODE.sub("", typed.upper())
    parts = re.fullmatch(r"([A-Z]+)(\d+)([A-Z]+)", solid)
    return "-".join(parts.groups()) if parts else solid
