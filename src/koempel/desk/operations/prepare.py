"""Making a data folder ready: tables of this version, files for the browser."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from koempel.desk.operations.erased import erase_again
from koempel.desk.operations.restore import note_restore
from koempel.progress import bar


def prepare_database() -> None:
    """Check the desk and bring its tables up to date."""
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    with bar("De databank wordt klaargezet") as told:
        call_command("check", stdout=StringIO())
        told(0.1)
        call_command("migrate", interactive=False, verbosity=0)
        note_restore()
        erase_again()
    # A child process must not share an open connection.
    connections.close_all()


def prepare_files() -> None:
    """Collect the files for the browser."""
    with bar("De bestanden voor de browser worden klaargezet"):
        call_command("collectstatic", interactive=False, verbosity=0)
