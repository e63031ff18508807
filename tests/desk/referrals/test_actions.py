"""What each step does to the referral, the seat, the case and the proposal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.factories.jobs import VacancyFactory
from desk.factories.people import SupportRightFactory
from desk.planning.world import FIT, as_guide, open_now, plan_now, proposal_of, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people.actions import erase_person
from koempel.desk.people.enums import EntryKind
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.planning.actions import accept_proposal
from koempel.desk.planning.queries import n_accepted
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.errors import (
    NoRightError,
    NotNowError,
    ReferralError,
    TooLateError,
)
from koempel.desk.referrals.models import Referral, ReferralEvent
from koempel.desk.referrals.rules import Words

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TALK = Words(talk_at=NOW + timedelta(days=3), talk_place="Schachtstraat 1")
START = Words(starts_on=timezone.localdate(NOW) + timedelta(days=10))
NO_BIKE = Words(reason=Reason.NO_TRANSPORT, explanation="De bus komt te laat aan.")


def walk(town, referral, *steps):
    words = {"invite": TALK, "move": TALK, "hire": START, "decline": NO_BIKE}
    for step in steps:
        town.step(referral, step, words.get(step, Words()), at=NOW)
    referral.refresh_from_db()
    return referral


def lines(town):
    with acting(system("test")):
        rows = TimelineEntry.objects.filter(person=town.person, kind=EntryKind.REFERRAL)
        return [(row.title, row.text) for row in rows.order_by("pk")]


def status(town):
    with acting(system("test")):
        return Person.objects.get(pk=town.person.pk).status


def test_referring_tells_the_employer_until_when_to_answer(town):
    (referral,) = town.refer(at=NOW, message="Werkt graag buiten.")

    assert (referral.state, referral.case_number) == ("REFERRED", town.person.case_number)
    assert referral.due_on == timezone.localdate(NOW) + timedelta(days=5)
    assert lines(town) == [("Verwezen naar: Inpakker, Maatwerk De Kooi", "Werkt graag buiten.")]
    (event,) = AuditEvent.objects.filter(verb="referrals.refer")
    assert event.objects_seen == [town.person.case_number]


def test_several_are_referred_at_once_or_nobody(town):
    with acting(system("test")):
        second = seeker(town.guide)
    town.refer(second, at=NOW)

    with pytest.raises(ReferralError, match="al naar deze vacature verwezen"):
        town.refer(town.person, second, at=NOW)
    assert Referral.objects.count() == 1


def test_who_does_not_look_for_work_is_not_referred(town):
    with acting(system("test")):
        at_work = seeker(town.guide, status="PLACED")

    with pytest.raises(ReferralError, match="wie werk zoekt"):
        town.refer(at_work, at=NOW)


@pytest.mark.parametrize(
    ("facts", "is_refused"),
    [
        (None, True),
        ({"valid_until": timezone.localdate() + timedelta(days=400)}, False),
        ({"valid_until": timezone.localdate() + timedelta(days=1)}, True),
        ({"state": "REQUESTED"}, True),
        ({"measure": "WIJK_WERKEN"}, True),
    ],
    ids=["none", "holds", "ends before the start", "only asked", "another"],
)
def test_right_must_hold_on_the_first_day(town, facts, is_refused):
    with acting(system("test")):
        town.vacancy.measures = ["COLLECTIVE_MAATWERK"]
        town.vacancy.save()
        if facts is not None:
            granted = timezone.localdate() - timedelta(days=30)
            SupportRightFactory(
                person=town.person,
                **{"measure": "COLLECTIVE_MAATWERK", "granted_on": granted} | facts,
            )

    if is_refused:
        with pytest.raises(NoRightError, match=town.person.case_number):
            town.refer(at=NOW)
    else:
        town.refer(at=NOW)
    assert Referral.objects.exists() is not is_refused


@pytest.mark.parametrize("facts", [{"state": "CLOSED"}, {"taken": 1}])
def test_nobody_is_referred_to_what_is_not_open(town, facts):
    with acting(system("test")):
        vacancy = VacancyFactory(**open_now() | facts)

    with pytest.raises(ReferralError, match="niet meer open"):
        town.refer(at=NOW, vacancy=vacancy)


def test_being_hired_fills_the_seat_and_ends_the_search(town):
    (referral,) = town.refer(at=NOW)

    walk(town, referral, "invite", "interview", "hire")

    town.vacancy.refresh_from_db()
    assert (referral.state, referral.starts_on) == ("HIRED", START.starts_on)
    assert (town.vacancy.state, town.vacancy.taken) == ("FILLED", 1)
    assert status(town) == "PLACED"


def test_seat_of_an_accepted_proposal_is_not_counted_twice(town):
    with acting(system("test")):
        town.vacancy.seats = 2
        town.vacancy.save()
    plan_now()
    with as_guide(town.guide):
        accept_proposal(proposal_of(town.person).pk, FIT, by=town.guide, at=NOW)
    (referral,) = town.refer(at=NOW)

    walk(town, referral, "invite", "interview", "hire")

    town.vacancy.refresh_from_db()
    assert proposal_of(town.person).state == "DONE"
    assert (town.vacancy.seats_left, n_accepted(town.vacancy.pk)) == (1, 0)


def test_last_seat_is_given_to_one(town):
    with acting(system("test")):
        second = seeker(town.guide)
    first, other = town.refer(town.person, second, at=NOW)
    walk(town, other, "invite", "interview")
    walk(town, first, "invite", "interview", "hire")

    with pytest.raises(Exception, match="ingevuld"):
        town.step(other, "hire", START, at=NOW)
    other.refresh_from_db()
    assert other.state == "INTERVIEWED"


def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told(town):
    (referral,) = town.refer(at=NOW)
    walk(town, referral, "decline")

    with pytest.raises(NotNowError, match="intussen niet aangeworven"):
        town.step(referral, "invite", TALK, at=NOW)
    assert (referral.state, referral.due_on) == ("NOT_HIRED", None)


def test_refusal_keeps_its_reason_and_tells_it_on_the_timeline(town):
    (referral,) = town.refer(at=NOW)

    walk(town, referral, "decline")

    assert (referral.reason, referral.explanation) == ("NO_TRANSPORT", "De bus komt te laat aan.")
    assert lines(town)[-1] == (
        "Niet aangeworven: Inpakker, Maatwerk De Kooi",
        "Geen vervoer. De bus komt te laat aan.",
    )


def test_after_a_refusal_somebody_can_be_referred_again(town):
    (referral,) = town.refer(at=NOW)
    walk(town, referral, "decline")

    town.refer(at=NOW)

    assert sorted(Referral.objects.values_list("state", flat=True)) == ["NOT_HIRED", "REFERRED"]


STEPS = [("invite",), ("invite", "move"), ("invite", "no_show"), ("invite", "interview", "hire")]


@pytest.mark.parametrize("steps", STEPS, ids="-".join)
def test_step_that_is_taken_back_leaves_nothing(town, steps):
    (referral,) = town.refer(at=NOW)
    walk(town, referral, *steps[:-1])
    before = everything(town, referral)
    walk(town, referral, steps[-1])

    town.back(referral, at=NOW + timedelta(minutes=9))

    assert everything(town, referral) == before


def everything(town, referral):
    names = ("state", "due_on", "talk_at", "talk_place", "starts_on", "reason", "explanation")
    referral.refresh_from_db()
    town.vacancy.refresh_from_db()
    return (
        [getattr(referral, name) for name in names],
        (town.vacancy.state, town.vacancy.taken, status(town)),
        ReferralEvent.objects.count(),
    )


def test_referral_that_is_taken_back_is_gone(town):
    (referral,) = town.refer(at=NOW)

    assert town.back(referral, at=NOW, by=town.guide) is None
    assert not Referral.objects.exists()
    assert lines(town)[-1] == ("Verwijzing teruggenomen: Inpakker", "")


def test_only_who_took_a_step_takes_it_back_and_for_ten_minutes(town):
    (referral,) = town.refer(at=NOW)
    walk(town, referral, "invite")

    with pytest.raises(TooLateError):
        town.back(referral, at=NOW, by=town.guide)
    with pytest.raises(TooLateError):
        town.back(referral, at=NOW + timedelta(minutes=11))


def test_erased_person_leaves_no_trace_but_the_count(town):
    (referral,) = town.refer(at=NOW, message="Woont bij de schacht.")
    walk(town, referral, "invite")

    with acting(system("test")):
        erase_person(town.person.case_number, on=timezone.localdate(NOW))

    referral.refresh_from_db()
    kept = [referral.case_number, referral.message, referral.talk_place, referral.explanation]
    assert kept == ["gewist", "", "", ""]
    assert referral.state == "WITHDRAWN"
    assert set(ReferralEvent.objects.values_list("text", flat=True)) == {""}
