"""Writes the ends of the audit chains to a file; to be run every hour."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from koempel.desk.common import audit
from koempel.desk.common.heads import append_heads


class Command(BaseCommand):
    """Export of the ends."""

    help = (
        "Voorbeeld: manage.py audit_heads /mnt/elders/koppen.jsonl. "
        "Schrijft het einde van elke keten van het auditspoor bij in een bestand. "
        "Doe dit elk uur, en bewaar het bestand op een andere machine."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="Bestand om in bij te schrijven.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what grew since the last time."""
        count = append_heads(options["file"], audit.heads(), on=timezone.now())
        self.stderr.write(f"{count} koppen bijgeschreven in {options['file']}.")
