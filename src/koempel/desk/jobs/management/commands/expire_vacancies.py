"""Takes vacancies offline whose term is over."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.jobs.actions import expire_vacancies
from koempel.desk.jobs.terms import terms
from koempel.region import dutch


class Command(BaseCommand):
    """Run once a day."""

    help = "Haalt vacatures offline waarvan de termijn voorbij is."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day comes in from outside."""
        parser.add_argument("--today", type=date.fromisoformat, help="dag, zoals 2026-11-23")

    def handle(self, *args: Any, **options: Any) -> None:
        """Expire and say how many."""
        now = timezone.now()
        today = options["today"] or timezone.localdate(now)
        with acting(system("termijn van vacatures")):
            done = expire_vacancies(today=today, at=now, parameters=terms())
        verb = "is" if done == 1 else "zijn"
        self.stdout.write(
            f"{dutch.number(done)} {'vacature' if done == 1 else 'vacatures'} {verb} verlopen."
        )
