"""Compare the stock of every lever with its ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from koempel.desk.levers.ledger import parts_out_of_balance


class Command(BaseCommand):
    """Exit status 1 when a stock is not what its entries add up to."""

    help = "Vergelijkt de voorraad van elke hefboom met haar grootboek."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every part that does not agree."""
        wrong = parts_out_of_balance()
        for part in wrong:
            self.stderr.write(f"{part}: de voorraad is niet wat het grootboek zegt")
        if wrong:
            raise CommandError(f"{len(wrong)} keer klopt de voorraad niet met het grootboek.")
        self.stdout.write("Alle voorraden kloppen met hun grootboek.")
