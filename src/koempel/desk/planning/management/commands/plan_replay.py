"""Makes a plan again from what was kept of it; exit status 1 when it is not the same."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from koempel.desk.common.context import acting, system
from koempel.desk.planning.errors import FilesGoneError
from koempel.desk.planning.oversight import PURPOSE
from koempel.desk.planning.queries import find_run
from koempel.desk.planning.replays import make_again


class Command(BaseCommand):
    """A plan again, compared byte by byte."""

    help = (
        "Voorbeeld: manage.py plan_replay 12. Maakt een plan opnieuw uit de gegevens die ervan "
        "bewaard zijn. Eindigt met status 1 als er iets anders uitkomt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which plan."""
        parser.add_argument("run", type=int, metavar="PLAN", help="Nummer van het plan.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say whether it is the same."""
        run = find_run(options["run"])
        if run is None:
            raise CommandError(f"Plan {options['run']} bestaat niet.", returncode=2)
        try:
            with acting(system(PURPOSE)):
                replay = make_again(run)
        except FilesGoneError as error:
            raise CommandError(str(error), returncode=2) from error
        if replay.is_same:
            self.stdout.write(f"Plan {run.pk} is opnieuw gemaakt: byte voor byte hetzelfde.")
            return
        others = ", ".join(replay.other_versions)
        why = f" Andere versies dan toen: {others}." if others else ""
        self.stderr.write(f"Plan {run.pk} is opnieuw gemaakt en is niet hetzelfde.{why}")
        sys.exit(1)
