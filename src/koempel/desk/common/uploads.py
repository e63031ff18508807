"""Files between two steps: kept on the server under a name nobody can guess, gone in a day.

A file waits here between handing it in and agreeing to what it says, so that nobody has to choose
it twice. It can hold data of people: only the one who brought it can open it, and it is removed
when it was used, when its time is over, and when somebody is erased: it may name them.
"""

import json
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from koempel.errors import KoempelError

KEPT_FOR = timedelta(hours=24)
FACTS = "facts.json"
TAKEN = "taken"
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)


class UploadGoneError(KoempelError):
    """A file that is not there, not yours, used, or older than a day."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file between two steps.

    `result` is what came of it: None until it was used, and the file is gone after that.
    """

    token: str
    path: Path
    name: str
    owner: str
    until: datetime
    result: dict[str, Any] | None = None


class UploadStore:
    """Files that wait, each in a folder of its own below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, upload: "UploadedFile[Any]", *, owner: str, now: datetime) -> Kept:
        """Take a file in; what is too old goes first."""
        self.sweep(now)
        token = secrets.token_urlsafe(24)
        place = self._folder / token
        place.mkdir(parents=True, mode=0o700)
        kept = Kept(token, place / "file", upload.name or "", owner, now + KEPT_FOR)
        with kept.path.open("wb") as file:
            shutil.copyfileobj(upload, file)
        _note(kept)
        return kept

    def find(self, token: str, *, owner: str, now: datetime) -> Kept:
        """The file with this name.

        Raises
        ------
        UploadGoneError
            When it is not there, belongs to another, or is too old.
        """
        facts = self._read(token) if _TOKEN.fullmatch(token) else None
        until = datetime.fromisoformat(facts["until"]) if facts else now
        if facts is None or facts["owner"] != owner or until <= now:
            raise UploadGoneError("Dit bestand wordt niet meer bewaard. Kies het opnieuw.")
        path = self._folder / token / "file"
        return Kept(token, path, facts["name"], owner, until, facts["result"])

    def at_work(self, token: str) -> Path:
        """Where a file lies that is being used.

        Raises
        ------
        UploadGoneError
            When it is no longer there.
        """
        path = self._folder / token / TAKEN
        if not (_TOKEN.fullmatch(token) and path.exists()):
            raise UploadGoneError("Dit bestand wordt niet meer bewaard. Kies het opnieuw.")
        return path

    def let_go(self, token: str) -> None:
        """Remove a file that was used; what came of it stays for the day."""
        if _TOKEN.fullmatch(token):
            (self._folder / token / TAKEN).unlink(missing_ok=True)

    def clear(self) -> int:
        """Remove everything that waits, and say how many."""
        places = list(self._folder.glob("*"))
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
        return len(places)

    def use(self, kept: Kept, work: Callable[[Kept], dict[str, Any]]) -> Kept:
        """Do the work with a file, once: of two that try at the same moment one gets it.

        The file stays `at_work` until it is let go of: the worker may go on with it.

        Raises
        ------
        UploadGoneError
            When it was used already, or is being used.
        """
        taken = kept.path.with_name(TAKEN)
        try:
            kept.path.rename(taken)
        except FileNotFoundError as error:
            raise UploadGoneError("Dit bestand is al gebruikt.") from error
        mine = Kept(kept.token, taken, kept.name, kept.owner, kept.until)
        try:
            result = work(mine)
        except BaseException:
            taken.rename(kept.path)
            raise
        finished = Kept(kept.token, taken, kept.name, kept.owner, kept.until, result)
        _note(finished)
        return finished

    def sweep(self, now: datetime) -> int:
        """Remove what is older than a day, and say how many."""
        ours = (place for place in self._folder.glob("*") if _TOKEN.fullmatch(place.name))
        places = [place for place in ours if self._is_over(place.name, now)]
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
        return len(places)

    def _is_over(self, token: str, now: datetime) -> bool:
        facts = self._read(token)
        if facts is not None:
            return datetime.fromisoformat(facts["until"]) <= now
        # Being written, or left half by a crash: its own age decides.
        place = self._folder / token
        return place.exists() and place.stat().st_mtime < (now - KEPT_FOR).timestamp()

    def _read(self, token: str) -> dict[str, Any] | None:
        try:
            text = (self._folder / token / FACTS).read_text("utf-8")
        except OSError:
            return None
        facts: dict[str, Any] = json.loads(text)
        return facts


def store() -> UploadStore:
    """The store of this office."""
    return UploadStore(settings.DATA_DIR / "uploads")


def _note(kept: Kept) -> None:
    facts = asdict(kept) | {"until": kept.until.isoformat()}
    del facts["path"], facts["token"]
    target = kept.path.with_name(FACTS)
    draft = target.with_suffix(".draft")
    draft.write_text(json.dumps(facts), "utf-8")
    draft.replace(target)
