"""The file of a backup: a zip with a manifest, closed with a seal.

The seal is the SHA-256 of the whole file, kept in the last bytes of the comment of the zip: one
byte that flips anywhere is noticed. The manifest has the SHA-256 of each part, so that a damaged
file can say which part is lost, and the rows of each table.
"""

import hashlib
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from koempel.errors import KoempelError

FORMAT = 1
MANIFEST = "manifest.json"
_SEAL_START = b"koempel sha256 "
_SEAL_LENGTH = len(_SEAL_START) + 64
_CHUNK = 1 << 20


class BackupError(KoempelError):
    """A backup that cannot be made or cannot be trusted; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    database : str
        ``sqlite`` or ``postgresql``.
    rows : dict
        Rows per table.
    migrations : list of str
        Applied migrations, as ``app.name``.
    files : dict
        SHA-256 of every part, by its name in the zip.
    """

    made_at: str
    version: str
    database: str
    rows: dict[str, int]
    migrations: list[str]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def write_archive(file: Path, parts: dict[str, Path], manifest: Manifest) -> None:
    """Write the parts, the manifest and the seal; the file is flushed to disk."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as zipped:
            for name, path in parts.items():
                manifest.files[name] = _add(zipped, name, path)
            zipped.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))
            zipped.comment = _SEAL_START + b"0" * 64
        out.seek(-64, os.SEEK_END)
        length = out.tell()
        seal = _digest(out, length)
        out.seek(length)
        out.write(seal.encode())
        out.flush()
        os.fsync(out.fileno())


def _add(zipped: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, zipped.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _digest(file: BinaryIO, length: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while length and (chunk := file.read(min(_CHUNK, length))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Wait until a file, or the entries of a folder, stand on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup whose seal holds.

    Raises
    ------
    BackupError
        When the file is no backup, is damaged, or is of a newer format.
    """
    try:
        with file.open("rb") as raw:
            _check_seal(file, raw)
            with zipfile.ZipFile(raw) as zipped:
                yield zipped, _manifest(file, zipped)
    except OSError as error:
        raise BackupError(f"{file} is niet te lezen: {error.strerror}.") from error


def _check_seal(file: Path, raw: BinaryIO) -> None:
    size = raw.seek(0, os.SEEK_END)
    raw.seek(max(0, size - _SEAL_LENGTH))
    seal = raw.read()
    if not seal.startswith(_SEAL_START):
        raise BackupError(f"{file} is geen back-up van Koempel, of het einde ontbreekt.")
    if seal.removeprefix(_SEAL_START).decode("ascii", "replace") != _digest(raw, size - 64):
        raise BackupError(f"{file} is beschadigd: de inhoud past niet bij het zegel.")


def _manifest(file: Path, zipped: zipfile.ZipFile) -> Manifest:
    facts = json.loads(zipped.read(MANIFEST))
    if facts["format"] != FORMAT:
        raise BackupError(
            f"{file} is gemaakt door Koempel {facts['version']}, een andere versie dan deze. "
            "Zet ze terug met die versie."
        )
    return Manifest(**facts)


def unpack(zipped: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write every part below a folder, and compare what came out with the manifest.

    Raises
    ------
    BackupError
        When a part is missing, added or other than it was.
    """
    names = set(zipped.namelist()) - {MANIFEST}
    if names != set(manifest.files):
        raise BackupError("De back-up heeft andere delen dan haar lijst zegt.")
    for name, digest in manifest.files.items():
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BackupError(f"Het deel «{name}» hoort niet in een back-up.")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with zipped.open(name) as source, target.open("xb") as out:
            shutil.copyfileobj(source, out, _CHUNK)
        with target.open("rb") as written:
            if _digest(written, target.stat().st_size) != digest:
                raise BackupError(f"Het deel «{name}» is beschadigd.")
        target.chmod(stat.S_IRUSR | stat.S_IWUSR)
