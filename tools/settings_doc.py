"""Print `docs/settings.md`: every variable that an office can set, as the settings ask for it.

Run ``python tools/settings_doc.py > docs/settings.md`` after a change of the settings.
"""

import os
import sys
import tempfile
from collections.abc import Iterable

from koempel.desk.config.env import PREFIX, Known

OPENING = """\
# Settings

Made from `src/koempel/desk/config/settings.py` by `python tools/settings_doc.py`; change it there.

Koempel runs without any setting: on SQLite, in the folder `koempel-data`, with a key that it makes
and keeps itself. An office sets variables in the environment of `koempel serve`. A secret can stand
in a file: then the variable with `_FILE` behind it names that file. A value that cannot be right
stops the start and says what was expected.

On PostgreSQL host, port, user and password come from PostgreSQL's own variables (`PGHOST`,
`PGPORT`, `PGUSER`, `PGPASSWORD` or a `PGPASSFILE`).
"""
HEADS = ("Variable", "Default", "Meaning")


def document(known: Iterable[Known]) -> str:
    """The whole document."""
    rows = [HEADS, ("---",) * len(HEADS), *(_cells(each) for each in known)]
    return OPENING + "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cells(known: Known) -> tuple[str, ...]:
    shown = f"`{known.default}`" if known.default else ""
    return f"`{known.name}`", shown, known.meaning


def asked() -> list[Known]:
    """What the settings ask for, on both databases, each variable once."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        # Otherwise a key would be made in the folder of whoever asks.
        os.environ |= {f"{PREFIX}SECRET_KEY": "none", f"{PREFIX}DATABASE": "postgresql"}
        os.chdir(folder)
        # Reading the settings is what makes the list.
        from koempel.desk.config.settings import env
    defaults = {f"{PREFIX}DATABASE": "sqlite"}
    first = {each.name: each for each in reversed(env.known)}
    return [
        Known(name, defaults.get(name, each.default), each.meaning)
        for name, each in reversed(first.items())
    ]


if __name__ == "__main__":
    sys.stdout.write(document(asked()))
