"""Work of invented people."""

from datetime import timedelta

import factory
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from koempel.desk.placements.enums import EndReason, PlacementState, Source
from koempel.desk.placements.models import FollowUp, Placement


class PlacementFactory(factory.django.DjangoModelFactory):
    """Somebody who began forty days ago and works there still."""

    class Meta:
        model = Placement

    class Params:
        ended = factory.Trait(
            state=PlacementState.ENDED,
            ended_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=2)),
            end_reason=EndReason.TRANSPORT,
            end_told_at=factory.LazyFunction(timezone.now),
            ended_by=factory.SelfAttribute("made_by"),
        )

    case_number = "K-7F3Q"
    vacancy = factory.SubFactory(VacancyFactory)
    source = Source.REFERRAL
    started_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=40))
    made_by = factory.SubFactory(UserFactory, second_factor=False)
    made_at = factory.LazyFunction(timezone.now)


class FollowUpFactory(factory.django.DjangoModelFactory):
    """A question after three months that is due since nine days."""

    class Meta:
        model = FollowUp

    placement = factory.SubFactory(
        PlacementFactory, started_on=timezone.localdate() - timedelta(days=100)
    )
    months = 3
    due_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=9))
