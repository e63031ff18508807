"""Checks the audit trail; exit status 1 when a chain does not hold."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from koempel.desk.common import audit
from koempel.desk.common.heads import read_heads


class Command(BaseCommand):
    """Check of every chain."""

    help = (
        "Voorbeeld: manage.py audit_verify. Rekent elke keten van het auditspoor na, ook met de "
        "koppen die de werker elk uur bewaart. Eindigt met status 1 als er iets niet klopt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file with exported ends."""
        parser.add_argument(
            "--heads",
            type=Path,
            default=settings.AUDIT_HEADS,
            help="Bestand met koppen; anders dat van KOEMPEL_AUDIT_HEADS.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each break on a line of its own."""
        found = 0
        for broken in audit.verify(read_heads(options["heads"])):
            found += 1
            self.stdout.write(f"{broken.chain}\t{broken.number}\t{broken.what}")
        if found:
            self.stderr.write(f"Het auditspoor klopt niet: {found} breuken.")
            sys.exit(1)
        self.stderr.write("Het auditspoor klopt.")
