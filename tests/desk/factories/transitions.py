"""Rounds of invented people in social enterprises."""

from datetime import timedelta

import factory
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory
from koempel.desk.transitions.enums import TransitionState
from koempel.desk.transitions.models import Transition


def _day(days):
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class TransitionFactory(factory.django.DjangoModelFactory):
    """Somebody who works in a social enterprise; the evaluation is in three weeks."""

    class Meta:
        model = Transition

    class Params:
        late = factory.Trait(due_on=_day(-4))
        ready = factory.Trait(state=TransitionState.READY)
        preparing = factory.Trait(state=TransitionState.PREPARATION, coach="Cora Coach")
        matching = factory.Trait(state=TransitionState.MATCHING, coach="Cora Coach")
        interning = factory.Trait(state=TransitionState.INTERNSHIP, coach="Cora Coach")
        aftercare = factory.Trait(
            state=TransitionState.AFTERCARE,
            coach="Cora Coach",
            starts_on=_day(-9),
            talks=factory.LazyFunction(
                lambda: [
                    [str(timezone.localdate() + timedelta(days=day)), None] for day in (-2, 21)
                ]
            ),
            talk_on=_day(-2),
        )
        stopped = factory.Trait(
            state=TransitionState.STOPPED, due_on=None, reason="NO_PLACE", coach="Cora Coach"
        )

    case_number = "K-7F3Q"
    employer = factory.SubFactory(EmployerFactory, social=True)
    since = _day(-340)
    state = TransitionState.EVALUATION_DUE
    state_on = _day(-10)
    due_on = _day(21)
    made_by = factory.SubFactory(UserFactory, second_factor=False)
    made_at = factory.LazyFunction(timezone.now)
    changed_by = factory.SelfAttribute("made_by")
    changed_at = factory.SelfAttribute("made_at")
