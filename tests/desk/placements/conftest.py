"""The town of toeleiding, in which somebody was hired."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.referrals.conftest import Town, town
from koempel.desk.placements.models import Placement
from koempel.desk.referrals.rules import Words

__all__ = ["hired", "town"]

TODAY = timezone.localdate()


@pytest.fixture
def hired(town: Town) -> Placement:
    """Yara was hired by De Kooi and began a hundred days ago."""
    now = timezone.now()
    (referral,) = town.refer(at=now)
    town.step(referral, "invite", Words(talk_at=now, talk_place="Hier"), at=now)
    town.step(referral, "interview", at=now)
    town.step(referral, "hire", Words(starts_on=TODAY - timedelta(days=100)), at=now)
    return Placement.objects.select_related("vacancy__employer").get()
