"""The one reader of the environment: typed, with defaults that start at once.

Every setting that an office may change is a variable ``KOEMPEL_<NAME>``; a secret can also stand
in a file, named by ``KOEMPEL_<NAME>_FILE``. `docs/settings.md` lists them all
(tests/desk/test_settings.py compares). A value that cannot be right stops the start with a hint.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from koempel.errors import KoempelError

PREFIX = "KOEMPEL_"

Value = TypeVar("Value")


class SettingError(KoempelError):
    """A variable with a value that cannot be right."""


@dataclass(frozen=True, slots=True)
class Known:
    """A variable that was asked for, for the documentation."""

    name: str
    default: str
    meaning: str


class Env:
    """Reads variables and remembers which were asked.

    Parameters
    ----------
    source : mapping, optional
        Where the variables stand; the environment of the process when left out.
    """

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self._source = os.environ if source is None else source
        self.known: list[Known] = []

    def text(self, name: str, default: str, meaning: str) -> str:
        """Text, as it stands."""
        return self._read(name, default, meaning, str, "tekst")

    def flag(self, name: str, default: bool, meaning: str) -> bool:
        """Yes or no: ``1``, ``true``, ``ja`` or ``0``, ``false``, ``nee``."""
        return self._read(name, "1" if default else "0", meaning, _flag, "1 of 0")

    def whole(self, name: str, default: int, meaning: str) -> int:
        """A whole number."""
        return self._read(name, str(default), meaning, int, "een geheel getal")

    def one_of(self, name: str, default: str, words: tuple[str, ...], meaning: str) -> str:
        """One of some words."""
        return self._read(name, default, meaning, _among(words), " of ".join(words))

    def folder(self, name: str, default: str, meaning: str) -> Path:
        """A folder; relative ones are below the working directory."""
        return self._read(name, default, meaning, Path, "een map").absolute()

    def words(self, name: str, default: str, meaning: str) -> list[str]:
        """Words parted by commas."""
        text = self.text(name, default, meaning)
        return [word.strip() for word in text.split(",") if word.strip()]

    def secret(self, name: str, meaning: str) -> str:
        """A secret: the variable itself, or the file that ``<name>_FILE`` names; else empty."""
        self.known.append(Known(PREFIX + name, "", meaning))
        file = self._source.get(f"{PREFIX}{name}_FILE")
        if file is None:
            return self._source.get(PREFIX + name, "")
        try:
            return Path(file).read_text("utf-8").strip()
        except OSError as error:
            raise SettingError(
                f"{PREFIX}{name}_FILE wijst naar {file}, en dat bestand is niet te lezen: "
                f"{error.strerror}. Kijk het pad en de rechten na."
            ) from error

    def _read(
        self, name: str, default: str, meaning: str, kind: Callable[[str], Value], expected: str
    ) -> Value:
        self.known.append(Known(PREFIX + name, default, meaning))
        text = self._source.get(PREFIX + name, default)
        try:
            return kind(text)
        except ValueError:
            raise SettingError(
                f"{PREFIX}{name} is «{text}»; verwacht: {expected}. "
                "Pas de variabele aan of laat ze weg."
            ) from None


def _among(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _flag(text: str) -> bool:
    words = {"1": True, "true": True, "ja": True, "0": False, "false": False, "nee": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]
