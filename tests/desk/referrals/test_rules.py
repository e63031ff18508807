"""The life of a referral: every state, every step, every role."""

from datetime import date, timedelta
from itertools import product

import pytest

from desk.factories.accounts import NOON
from koempel.desk.common.roles import Role
from koempel.desk.referrals.enums import (
    OBSTACLE_OF,
    OPEN,
    REASONS,
    STEPS,
    Asks,
    Reason,
    ReferralState,
    steps_for,
)
from koempel.desk.referrals.errors import NotNowError, ReferralError
from koempel.desk.referrals.rules import NOTHING, Words, check_step, due_after

TODAY = date(2026, 11, 23)
GUIDES = {Role.CASEWORKER, Role.SOCIAL_WORKER, Role.MEDIATOR}
EMPLOYERS = {Role.SOCIAL_ENTERPRISE, Role.EMPLOYER}
LIFE = {
    ("REFERRED", "invite"): "INVITED",
    ("REFERRED", "offer"): "OFFERED",
    ("OFFERED", "choose"): "INVITED",
    ("OFFERED", "invite"): "INVITED",
    ("OFFERED", "decline"): "NOT_HIRED",
    ("OFFERED", "withdraw"): "WITHDRAWN",
    ("REFERRED", "decline"): "NOT_HIRED",
    ("REFERRED", "withdraw"): "WITHDRAWN",
    ("INVITED", "interview"): "INTERVIEWED",
    ("INVITED", "move"): "INVITED",
    ("INVITED", "no_show"): "NO_SHOW",
    ("INVITED", "decline"): "NOT_HIRED",
    ("INVITED", "withdraw"): "WITHDRAWN",
    ("INTERVIEWED", "hire"): "HIRED",
    ("INTERVIEWED", "decline"): "NOT_HIRED",
    ("INTERVIEWED", "withdraw"): "WITHDRAWN",
}
"""Written out apart from the table of the product (domain: toeleiding)."""


def told_with(step):
    """What belongs to a step."""
    return {
        Asks.NOTHING: NOTHING,
        Asks.TALK: Words(talk_at=NOON),
        Asks.SLOTS: Words(slots=(NOON, NOON + timedelta(hours=1))),
        Asks.SLOT: Words(talk_at=NOON),
        Asks.START: Words(starts_on=TODAY),
        Asks.REASON: Words(reason=Reason.OTHER),
    }[step.asks]


def outcome(state, step, role):
    try:
        return check_step(step.key, state, role, told_with(step)).to
    except ReferralError:
        return None


def test_life_is_as_written_for_every_state_step_and_role():
    found = {
        (state, step.key, role): outcome(state, step, role)
        for state, step, role in product(ReferralState, STEPS.values(), Role)
    }

    assert found == {
        (state, step, role): LIFE.get((state, step)) if may(role, step) else None
        for state, step, role in product(ReferralState, STEPS, Role)
    }


def may(role, step):
    return role in GUIDES or (role in EMPLOYERS and step not in {"withdraw", "choose"})


def test_buttons_are_exactly_the_steps_that_can_be_taken():
    for role, state in product(Role, ReferralState):
        shown = {step.key for step in steps_for(role, state)}
        assert shown == {key for (start, key) in LIFE if start == state and may(role, key)}


def test_what_is_over_stays_over():
    assert {state for state, _ in LIFE} == set(OPEN)


@pytest.mark.parametrize("step", [each for each in STEPS.values() if each.asks is not Asks.NOTHING])
def test_step_without_what_belongs_to_it_is_refused(step):
    with pytest.raises(ReferralError, match=r"Zeg|Kies|Stel"):
        check_step(step.key, step.starts[0], Role.CASEWORKER, NOTHING)


def test_reason_of_another_step_is_refused():
    words = Words(reason=Reason.SOMEBODY_ELSE)

    with pytest.raises(ReferralError, match="Kies een reden"):
        check_step("withdraw", "REFERRED", Role.CASEWORKER, words)


def test_state_that_changed_meanwhile_is_told():
    with pytest.raises(NotNowError, match="intussen aangeworven"):
        check_step("decline", "HIRED", Role.EMPLOYER, Words(reason=Reason.OTHER))


def test_only_what_is_open_has_a_day_and_never_one_that_is_past():
    talk = TODAY + timedelta(days=9)
    found = {state: due_after(state, today=TODAY, talk_on=talk) for state in ReferralState}

    assert {state for state, day in found.items() if day is not None} == set(OPEN)
    assert found[ReferralState.REFERRED] == date(2026, 11, 28)
    assert found[ReferralState.INVITED] == date(2026, 12, 7)
    assert found[ReferralState.INTERVIEWED] == date(2026, 12, 3)


@pytest.mark.parametrize(("first_in", "due_in"), [(1, 1), (3, 3), (9, 3), (-1, 0)])
def test_hour_is_chosen_within_days_and_before_the_first_of_them(first_in, due_in):
    first = TODAY + timedelta(days=first_in)
    due = due_after(ReferralState.OFFERED, today=TODAY, talk_on=first)
    assert due == TODAY + timedelta(days=due_in)


def test_five_hours_are_the_most_and_the_same_one_twice_is_no_choice():
    hours = tuple(NOON + timedelta(hours=each) for each in range(6))
    for slots, is_fine in ((hours[:5], True), (hours, False), ((NOON, NOON), False)):
        try:
            check_step("offer", "REFERRED", Role.EMPLOYER, Words(slots=slots))
        except ReferralError:
            assert not is_fine
        else:
            assert is_fine


def test_reason_that_becomes_a_search_can_be_given_with_both_endings():
    assert set(OBSTACLE_OF) <= set(REASONS["decline"]) & set(REASONS["withdraw"])


def test_no_reason_speaks_of_health():
    said = " ".join(reason.label.lower() for reason in Reason)

    assert not {"ziek", "gezond", "medisch"} & set(said.split())
