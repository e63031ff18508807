"""Checks the audit trail; exit status 1 when a chain does not hold."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from koempel.desk.common import audit
from koempel.desk.common.heads import read_heads


class Command(BaseCommand):
    """Check of every chain."""

    help = (
        "Voorbeeld: manage.py audit_verify --heads /mnt/elders/koppen.jsonl. "
        "Rekent elke keten van het auditspoor na. Eindigt met status 1 als er iets niet klopt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file with exported ends."""
        parser.add_argument(
            "--heads", type=Path, help="Bestand dat audit_heads elk uur bijschrijft."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each break on a line of its own."""
        exported = read_heads(options["heads"]) if options["heads"] else ()
        found = 0
        for broken in audit.verify(exported):
            found += 1
            self.stdout.write(f"{broken.chain}\t{broken.number}\t{broken.what}")
        if found:
            self.stderr.write(f"Het auditspoor klopt niet: {found} breuken.")
            sys.exit(1)
        self.stderr.write("Het auditspoor klopt.")
