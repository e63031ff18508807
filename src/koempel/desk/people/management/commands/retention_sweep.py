"""`retention_sweep`: what the worker does every night, by hand or on another day."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.common.once import forget_sent_forms
from koempel.desk.common.uploads import store
from koempel.desk.people.retention import WARN_DAYS, give_notice, going_by, sweep
from koempel.desk.work.actions import forget_work
from koempel.region import dutch


class Command(BaseCommand):
    """Gives notice and erases, or only says what would go."""

    help = "Kondigt aan wat over 30 dagen weggaat, en wist wat langer bewaard is dan de termijn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A day and a look without erasing."""
        parser.add_argument("--dag", type=date.fromisoformat, help="jjjj-mm-dd; leeg is vandaag")
        parser.add_argument("--kijk", action="store_true", help="wis niets, zeg wat weg zou gaan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, in words."""
        today: date = options["dag"] or timezone.localdate()
        with acting(system("bewaartermijnen")):
            if options["kijk"]:
                for each in going_by(today + timedelta(days=WARN_DAYS), today=today):
                    self.stdout.write(f"{each.on}: {each.case_number}, {each.what}, {each.why}")
                return
            give_notice(today)
            done = sweep(today, by_drafts=settings.TERMS_AGREED)
            self._tidy()
        people = dutch.count(done.people, "dossier", "dossiers")
        notes = dutch.count(done.notes, "notitie", "notities")
        self.stdout.write(f"Gewist: {people} en {notes}.")

    def _tidy(self) -> None:
        """What is kept for days only: files that wait, stamps of forms, work that ended."""
        now = timezone.now()
        store().sweep(now)
        forget_sent_forms(now)
        forget_work(now)
