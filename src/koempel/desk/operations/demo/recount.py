"""Counting the stock again when the year is over: what went along was replaced."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import set_stock
from koempel.desk.levers.models import Lever, LeverPart
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.operations.demo.stock import CONFIRMED_DAYS_AGO

COUNTED = "telling van de maand"


@dataclass(frozen=True, slots=True)
class Stock:
    """How many were free of each part."""

    free: dict[int, int]

    @classmethod
    def now(cls) -> "Stock":
        """As it is now."""
        return cls(dict(LeverPart.objects.values_list("pk", "free")))

    def count_again(self, partners: Partners, *, at: datetime) -> None:
        """Bring in so many that as many are free as then, and confirm it; one in six waits."""
        by = partners.staff[Role.OPERATOR]
        for number, lever in enumerate(Lever.objects.order_by("pk").prefetch_related("parts")):
            days = CONFIRMED_DAYS_AGO[number % len(CONFIRMED_DAYS_AGO)]
            wanted = [
                (part, self.free[part.pk] + part.held + part.out) for part in lever.parts.all()
            ]
            counted = at - timedelta(days=days)
            keeper = partners.keeper_of(lever, else_=by)
            set_stock(lever, wanted, by=keeper, at=counted, reason=COUNTED)
