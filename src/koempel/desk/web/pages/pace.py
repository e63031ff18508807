"""How often one user may ask for something that costs work, or could be asked until it tells."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from koempel.desk.accounts.models import User


@dataclass(frozen=True, slots=True)
class Pace:
    """So many questions in so many minutes, for one user; the count starts anew after them."""

    name: str
    most: int
    minutes: int

    def allows(self, user: User, *, at: datetime) -> bool:
        """Whether one more question is within the pace; counts it."""
        seconds = 60 * self.minutes
        key = f"pace:{self.name}:{user.pk}:{int(at.timestamp()) // seconds}"
        asked = int(cache.get(key, 0)) + 1
        cache.set(key, asked, timeout=seconds)
        return asked <= self.most
