"""Does what takes longer than a page, and what comes back; `koempel serve` starts it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from koempel.desk.operations import holds
from koempel.desk.operations.abandoned import fail_abandoned_tasks
from koempel.desk.operations.worker import duties_in_background

LOOK_EVERY_S = 0.25
"""Somebody looks at the page that follows the work; a look that finds nothing takes one ms."""


class Command(BaseCommand):
    """The worker: one per data folder."""

    help = (
        "Voorbeeld: manage.py work. Doet wat langer duurt dan een bladzijde, en de vaste taken. "
        "koempel serve start dit zelf."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait until no other worker is at work, tidy up after it, and work on."""
        with holds.wait_for_hold(settings.DATA_DIR, holds.WORKER):
            fail_abandoned_tasks(timezone.now())
            with duties_in_background():
                call_command(
                    "db_worker",
                    queue_name="*",
                    interval=LOOK_EVERY_S,
                    startup_delay=False,
                    reload=False,
                    verbosity=0,
                )
