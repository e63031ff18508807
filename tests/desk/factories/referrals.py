"""Referrals of invented people to vacancies."""

from datetime import timedelta

import factory
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral, TalkSlot


class TalkSlotFactory(factory.django.DjangoModelFactory):
    """A moment in the next days, each an hour later."""

    class Meta:
        model = TalkSlot

    at = factory.Sequence(lambda number: timezone.now() + timedelta(days=2, hours=number % 90))


class ReferralFactory(factory.django.DjangoModelFactory):
    """Somebody who was referred today; nobody answered yet."""

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    class Params:
        invited = factory.Trait(
            state=ReferralState.INVITED,
            talk_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=2)),
            talk_place="Schachtstraat 1",
        )
        offered = factory.Trait(
            state=ReferralState.OFFERED,
            talk_place="Schachtstraat 1",
            slots=factory.RelatedFactoryList(
                "desk.factories.referrals.TalkSlotFactory", "referral", size=2
            ),
        )
        late = factory.Trait(
            due_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=3))
        )
        declined = factory.Trait(state=ReferralState.NOT_HIRED, due_on=None, reason="NO_TRANSPORT")

    case_number = "K-7F3Q"
    vacancy = factory.SubFactory(VacancyFactory)
    state = ReferralState.REFERRED
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=5))
    message = "Werkt graag in een kleine ploeg."
    made_by = factory.SubFactory(UserFactory, second_factor=False)
    made_at = factory.LazyFunction(timezone.now)
    changed_by = factory.SelfAttribute("made_by")
    changed_at = factory.SelfAttribute("made_at")
