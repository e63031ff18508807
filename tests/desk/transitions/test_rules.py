"""The life of a doorstroom: every state, every step, every role, running or suspended."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koempel.desk.common.roles import Role
from koempel.desk.transitions.enums import (
    FOR_A_REASON,
    OPEN,
    PHASES,
    REASONS,
    STAYS,
    STEPS,
    Asks,
    PauseReason,
    Reason,
    TransitionState,
    View,
    steps_for,
)
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.rules import (
    NOTHING,
    Pause,
    Told,
    check_pause,
    check_step,
    course,
    cut_short,
    due_after,
    is_paused,
    phase_ends,
)

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
GUIDES = {Role.CASEWORKER, Role.SOCIAL_WORKER, Role.MEDIATOR}
VDAB, ENTERPRISE = {Role.MEDIATOR}, {Role.SOCIAL_ENTERPRISE}
BOTH = GUIDES | ENTERPRISE
LIFE = {
    ("EVALUATION_DUE", "view"): ("EVALUATION_DUE", ENTERPRISE),
    ("EVALUATION_DUE", "ready"): ("READY", VDAB),
    ("EVALUATION_DUE", "renew_same"): ("RENEWED_SAME", VDAB),
    ("EVALUATION_DUE", "renew_changed"): ("RENEWED_CHANGED", VDAB),
    ("EVALUATION_DUE", "leave"): ("LEFT", BOTH),
    ("READY", "begin"): ("PREPARATION", GUIDES),
    ("READY", "refuse"): ("REFUSED", GUIDES),
    ("READY", "leave"): ("LEFT", BOTH),
    ("PREPARATION", "match"): ("MATCHING", GUIDES),
    ("PREPARATION", "refuse"): ("REFUSED", GUIDES),
    ("PREPARATION", "stop"): ("STOPPED", GUIDES),
    ("MATCHING", "intern"): ("INTERNSHIP", GUIDES),
    ("MATCHING", "refuse"): ("REFUSED", GUIDES),
    ("MATCHING", "stop"): ("STOPPED", GUIDES),
    ("INTERNSHIP", "contract"): ("AFTERCARE", GUIDES),
    ("INTERNSHIP", "return"): ("NO_FAULT_RETURN", GUIDES),
    ("INTERNSHIP", "refuse"): ("REFUSED", GUIDES),
    ("INTERNSHIP", "stop"): ("STOPPED", GUIDES),
    ("AFTERCARE", "finish"): ("REGULAR_CONTRACT", GUIDES),
    ("AFTERCARE", "return"): ("NO_FAULT_RETURN", GUIDES),
    **{
        (phase, step): (phase, who)
        for phase in ("PREPARATION", "MATCHING", "INTERNSHIP", "AFTERCARE")
        for step, who in (("hours", BOTH), ("suspend", GUIDES), ("resume", GUIDES))
    },
    **{
        (phase, "leave"): ("LEFT", BOTH)
        for phase in ("PREPARATION", "MATCHING", "INTERNSHIP", "AFTERCARE")
    },
}
"""Written out apart from the table of the product (domain: doorstroom)."""
NOT_WHILE_SUSPENDED = {"match", "intern", "contract", "finish", "suspend"}


def told_with(step):
    """What belongs to a step."""
    return {
        Asks.NOTHING: NOTHING,
        Asks.VIEW: Told(view=View.READY),
        Asks.VISIT: Told(day=TODAY),
        Asks.COACH: Told(coach="Cora Coach"),
        Asks.HOURS: Told(hours=Decimal(2)),
        Asks.PAUSE: Told(pause=Pause(PauseReason.LEAVE, TODAY, TODAY + DAY)),
        Asks.CONTRACT: Told(day=TODAY),
        Asks.REASON: Told(reason=Reason.OTHER),
    }[step.asks]


def outcome(state, step, role, paused):
    try:
        found = check_step(step.key, state, role, told_with(step), paused=paused)
    except TransitionError:
        return None
    return found.to or state


def expected(state, step, role, paused):
    to, who = LIFE.get((state, step), (None, ()))
    is_open = step not in NOT_WHILE_SUSPENDED if paused else step != "resume"
    return to if role in who and is_open else None


def test_life_is_as_written_for_every_state_step_role_and_suspension():
    cases = list(product(TransitionState, STEPS.values(), Role, (False, True)))

    found = {(case[0], case[1].key, *case[2:]): outcome(*case) for case in cases}

    assert found == {
        (state, step.key, role, paused): expected(state, step.key, role, paused)
        for state, step, role, paused in cases
    }


def test_buttons_are_exactly_the_steps_that_can_be_taken():
    for role, state, paused in product(Role, TransitionState, (False, True)):
        shown = {step.key for step in steps_for(role, state, is_paused=paused)}
        assert shown == {key for key in STEPS if expected(state, key, role, paused)}


def test_what_is_over_stays_over():
    assert {state for state, _ in LIFE} == set(OPEN)


def test_who_stays_is_evaluated_again_and_who_goes_is_not():
    ended = set(TransitionState) - set(OPEN)

    assert ended - set(STAYS) == {TransitionState.REGULAR_CONTRACT, TransitionState.LEFT}


def test_every_end_but_a_renewal_and_a_contract_says_why():
    ends = {to for (_, step), (to, _) in LIFE.items() if step in REASONS}

    assert ends == set(FOR_A_REASON)


@pytest.mark.parametrize("step", [each for each in STEPS.values() if each.asks is not Asks.NOTHING])
def test_step_without_what_belongs_to_it_is_refused(step):
    role = Role.SOCIAL_ENTERPRISE if step.key == "view" else Role.MEDIATOR
    with pytest.raises(TransitionError, match=r"Zeg|Kies"):
        check_step(step.key, step.starts[0], role, NOTHING, paused=False)


def test_reason_of_another_step_is_refused():
    told = Told(reason=Reason.MOVED)

    with pytest.raises(TransitionError, match="Kies een reden"):
        check_step("refuse", "READY", Role.CASEWORKER, told, paused=False)


def test_state_that_changed_meanwhile_is_told():
    told = Told(reason=Reason.OTHER)

    with pytest.raises(NotNowError, match="intussen: doorgestroomd"):
        check_step("stop", "REGULAR_CONTRACT", Role.CASEWORKER, told, paused=False)


def test_only_what_is_open_has_a_term():
    found = {state: due_after(state, on=TODAY) for state in TransitionState}

    assert {state: day for state, day in found.items() if day is not None} == {
        "EVALUATION_DUE": date(2027, 11, 23),
        "READY": date(2026, 12, 23),
        "PREPARATION": date(2026, 12, 23),
        "MATCHING": date(2027, 2, 23),
        "INTERNSHIP": date(2027, 2, 23),
        "AFTERCARE": date(2027, 2, 23),
    }


def pause(first, length, reason=PauseReason.OTHER):
    begin = TODAY + first * DAY
    return Pause(reason, begin, begin + length * DAY)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (pause(5, 0), "ligt niet na het begin"),
        (pause(-1, 9), "Kies een begin in deze fase"),
        (pause(31, 9), "Kies een begin in deze fase"),
        (pause(12, 9), "al opgeschort"),
        (pause(8, 3), "al opgeschort"),
    ],
    ids=["no length", "before", "after", "inside", "across"],
)
def test_pause_lies_in_its_phase_and_meets_no_other(found, says):
    with pytest.raises(TransitionError, match=says):
        check_pause(found, [pause(10, 20)], began_on=TODAY, due_on=TODAY + 30 * DAY)


def test_going_on_earlier_cuts_the_pause_and_one_of_no_days_never_was():
    running, later = pause(0, 20), pause(40, 3)

    assert cut_short([running, later], TODAY + 5 * DAY) == (pause(0, 5), later)
    assert cut_short([running, later], TODAY) == (later,)


LENGTHS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 60)), max_size=4)


def pauses_in(phase, gaps):
    """Pauses one after the other, each in the phase as the ones before have made it longer."""
    found, day = [], TODAY
    for gap, length in gaps:
        day = day + gap * DAY
        if day > phase_ends(phase, TODAY, found):
            break
        found.append(Pause(PauseReason.OTHER, day, day + length * DAY))
        day = found[-1].until
    return found


@given(phase=st.sampled_from(PHASES), gaps=LENGTHS)
def test_suspension_shifts_everything_after_it_by_its_length(phase, gaps):
    pauses = pauses_in(phase, gaps)
    shift = sum((each.length for each in pauses), timedelta())

    def plan(found):
        return course({phase: TODAY}, phase, pauses=found, ended_on=None)

    assert [each.last for each in plan(pauses)] == [each.last + shift for each in plan([])]
    assert [each.first for each in plan(pauses)[1:]] == [
        each.first + shift for each in plan([])[1:]
    ]


@given(phase=st.sampled_from(PHASES), gaps=LENGTHS, order=st.randoms())
def test_term_does_not_ask_in_which_order_pauses_were_written(phase, gaps, order):
    pauses = pauses_in(phase, gaps)
    mixed = order.sample(pauses, len(pauses))

    assert phase_ends(phase, TODAY, mixed) == phase_ends(phase, TODAY, pauses)


@given(phase=st.sampled_from(PHASES), gaps=LENGTHS)
def test_no_phase_ends_while_it_stands_still(phase, gaps):
    pauses = pauses_in(phase, gaps)

    assert not is_paused(pauses, phase_ends(phase, TODAY, pauses))


def test_phases_that_are_over_keep_their_days_and_nothing_comes_after_an_end():
    began = {PHASES[0]: TODAY, PHASES[1]: TODAY + 20 * DAY}

    ended = course(began, TransitionState.STOPPED, pauses=[], ended_on=TODAY + 50 * DAY)
    runs = course(began, TransitionState.MATCHING, pauses=[], ended_on=None)

    assert [(each.phase, each.last, each.is_done) for each in ended] == [
        ("PREPARATION", TODAY + 20 * DAY, True),
        ("MATCHING", TODAY + 50 * DAY, True),
    ]
    assert [(each.phase, each.is_done, each.is_now) for each in runs] == [
        ("PREPARATION", True, False),
        ("MATCHING", False, True),
        ("INTERNSHIP", False, False),
        ("AFTERCARE", False, False),
    ]


def test_no_reason_speaks_of_health():
    said = " ".join(each.label.lower() for each in (*Reason, *PauseReason))

    assert not {"ziek", "ziekte", "gezond", "gezondheid", "medisch"} & set(said.split())
