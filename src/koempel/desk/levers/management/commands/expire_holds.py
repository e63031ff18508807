"""Free what was held past its deadline; to be run every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.levers.actions import expire_holds


class Command(BaseCommand):
    """Every hold past its deadline is free again."""

    help = "Laat alles los wat langer dan afgesproken vastgehouden is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Expire them and say how many."""
        now = timezone.now()
        with acting(system("hefbomen loslaten na de termijn")):
            ended = expire_holds(timezone.localdate(now), at=now)
        self.stdout.write(f"{ended} keer losgelaten.")
