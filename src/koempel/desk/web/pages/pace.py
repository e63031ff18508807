"""How often somebody may ask for something that costs work, or could be asked until it tells."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from koempel.desk.accounts.models import User


@dataclass(frozen=True, slots=True)
class Pace:
    """So many questions in so many minutes, for one asker; the count starts anew after them."""

    name: str
    most: int
    minutes: int

    def allows(self, user: User, *, at: datetime) -> bool:
        """Whether one more question is within the pace; counts it."""
        return self._allows(str(user.pk), at)

    def allows_visitor(self, request: HttpRequest, *, at: datetime) -> bool:
        """The same for who has no account, by the address on the network, which is not kept."""
        return self._allows(get_adapter(request).get_client_ip(request), at)

    def _allows(self, who: str, at: datetime) -> bool:
        seconds = 60 * self.minutes
        key = f"pace:{self.name}:{who}:{int(at.timestamp()) // seconds}"
        asked = int(cache.get(key, 0)) + 1
        cache.set(key, asked, timeout=seconds)
        return asked <= self.most
