"""Writing a folder whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A new, empty folder that takes the place of `folder` when all went well.

    Until the end the old folder stays as it is; when the block fails or the run is killed, it
    still does.

    Parameters
    ----------
    folder : Path
        The folder to make or replace.

    Yields
    ------
    Path
        Where to write; beside `folder`, so that it is on the same disk.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        new = workplace / "new"
        new.mkdir()
        yield new
        _put_in_place(new, folder, workplace / "old")
    finally:
        shutil.rmtree(workplace)


def _put_in_place(new: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
