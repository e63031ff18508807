"""What each step does to the round, the case and what comes after."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from desk.factories.jobs import EmployerFactory
from desk.factories.people import PersonFactory
from desk.transitions.agreed import signed, written
from desk.transitions.conftest import TODAY, days
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people.actions import erase_person
from koempel.desk.people.exports import everything_about
from koempel.desk.people.retention import months_after
from koempel.desk.transitions import actions
from koempel.desk.transitions.enums import Party, PauseReason, Reason, View
from koempel.desk.transitions.errors import NotNowError, TooLateError, TransitionError
from koempel.desk.transitions.models import Transition, TransitionEvent
from koempel.desk.transitions.rules import Pause, Told

pytestmark = pytest.mark.django_db

NOW = timezone.now()
VISIT = Told(day=TODAY - timedelta(days=2), explanation="Werkt zelfstandig.")
PAUSE = Told(pause=Pause(PauseReason.LEAVE, days(3), days(17)))
WORDS = {
    "ready": VISIT,
    "renew_same": VISIT,
    "renew_changed": VISIT,
    "begin": Told(coach="Cora Coach"),
    "contract": Told(day=days(7)),
    "hours": Told(hours=Decimal("1.5")),
    "suspend": PAUSE,
    "view": Told(view=View.READY, explanation="Kan meer aan."),
    "return": Told(reason=Reason.HOST_STOPPED),
    "refuse": Told(reason=Reason.UNWANTED),
    "stop": Told(reason=Reason.NO_PLACE),
    "leave": Told(reason=Reason.MOVED),
}
BY = {"ready": "mediator", "renew_same": "mediator", "renew_changed": "mediator", "view": "boss"}
CHAIN = ("ready", "begin", "match", "intern", "contract", "finish")


def walk(works, row, *steps, at=NOW):
    for step in steps:
        by = getattr(works, BY.get(step, "guide"))
        works.step(row, step, WORDS.get(step, Told()), at=at, by=by)
    row.refresh_from_db()
    return row


def test_following_plans_the_evaluation_a_year_after_the_last(works):
    row = works.follow(at=NOW, since=days(-500), evaluated_on=days(-100))

    assert (row.state, row.due_on) == ("EVALUATION_DUE", months_after(days(-100), 12))
    assert works.lines() == [("Evaluatie gepland: Maatwerk De Kooi", "")]
    (event,) = AuditEvent.objects.filter(verb="transitions.follow")
    assert event.objects_seen == [works.person.pk]


def test_somebody_is_followed_once(works):
    works.follow(at=NOW)

    with pytest.raises(TransitionError, match="al gevolgd"):
        works.follow(at=NOW)
    assert Transition.objects.count() == 1


@pytest.mark.parametrize("evaluated_on", [-301, 1])
def test_last_evaluation_lies_between_the_first_day_and_today(works, evaluated_on):
    with pytest.raises(TransitionError, match="laatste evaluatie"):
        works.follow(at=NOW, evaluated_on=days(evaluated_on))


def test_only_a_social_enterprise_is_followed(works):
    works.enterprise = EmployerFactory()

    with pytest.raises(TransitionError, match="geen sociale-economiebedrijf"):
        works.follow(at=NOW)


def test_who_still_looked_for_work_is_at_work_until_it_is_taken_back(works):
    with acting(system("test")):
        works.person = PersonFactory(caseworker=works.guide)
    row = works.follow(at=NOW)
    assert works.status() == "PLACED"

    works.back(row, at=NOW)

    assert works.status() == "ACTIVE"
    assert not Transition.objects.exists()


def test_whole_way_to_a_regular_contract(works):
    row = walk(works, works.follow(at=NOW), "view", *CHAIN)

    assert (row.state, row.due_on, row.starts_on) == ("REGULAR_CONTRACT", None, days(7))
    assert (row.coach, row.view) == ("Cora Coach", "READY")
    assert [title.split(":")[0] for title, _ in works.lines()][-2:] == [
        "Doorstroom",
        "Doorgestroomd naar gewoon werk",
    ]


@pytest.mark.parametrize(
    ("way", "state"),
    [
        (("renew_same",), "RENEWED_SAME"),
        (("renew_changed",), "RENEWED_CHANGED"),
        (("ready", "refuse"), "REFUSED"),
        (("ready", "begin", "match", "stop"), "STOPPED"),
        ((*CHAIN[:4], "return"), "NO_FAULT_RETURN"),
        ((*CHAIN[:5], "return"), "NO_FAULT_RETURN"),
    ],
)
def test_who_stays_has_a_next_evaluation(works, way, state):
    row = walk(works, works.follow(at=NOW), *way)

    after = Transition.objects.get(follows=row)
    assert (row.state, row.due_on) == (state, None)
    assert (after.state, after.since) == ("EVALUATION_DUE", row.since)
    assert after.due_on == months_after(row.visited_on, 12)


def test_who_leaves_has_no_next_evaluation(works):
    walk(works, works.follow(at=NOW), "leave")

    assert [row.state for row in Transition.objects.all()] == ["LEFT"]


def test_suspension_shifts_the_term_and_going_on_brings_the_rest_back(works):
    row = walk(works, works.follow(at=NOW), "ready", "begin")
    due = row.due_on

    walk(works, row, "suspend")
    assert row.due_on == due + timedelta(days=14)
    with pytest.raises(NotNowError, match="opgeschort"):
        works.step(row, "match", at=NOW + timedelta(days=5))

    works.step(row, "resume", at=NOW + timedelta(days=10))
    row.refresh_from_db()
    assert row.due_on == due + timedelta(days=7)


def test_hours_of_guidance_add_up_and_leave_the_term(works):
    row = walk(works, works.follow(at=NOW), "ready", "begin")
    due = row.due_on

    walk(works, row, "hours", "hours")

    assert (row.guided_hours, row.due_on) == (Decimal("3.00"), due)
    assert works.lines()[-1] == ("Uren begeleiding: Maatwerk De Kooi", "1,5 uur")


def test_visit_was_neither_before_the_first_day_nor_in_the_future(works):
    row = works.follow(at=NOW)

    for number in (-301, 1):
        with pytest.raises(TransitionError, match="bezoek"):
            works.step(row, "ready", Told(day=days(number)), at=NOW, by=works.mediator)


def test_internship_begins_when_all_have_signed(works):
    row = walk(works, works.follow(at=NOW), "ready", "begin", "match")
    written(row, by=works.guide, at=NOW)
    signed(row, Party.PERSON, Party.ENTERPRISE, Party.HOST, by=works.guide, at=NOW)

    with acting(system("test")), pytest.raises(TransitionError, match="alle partijen"):
        actions.take_step(row.pk, "intern", by=works.guide, at=NOW)

    assert walk(works, row, "intern").state == "INTERNSHIP"


def test_internship_begins_on_its_first_day_and_no_earlier(works):
    row = walk(works, works.follow(at=NOW), "ready", "begin", "match")
    written(row, by=works.guide, at=NOW, first_on=days(3))
    signed(row, by=works.guide, at=NOW)

    with acting(system("test")), pytest.raises(TransitionError, match="begint pas op"):
        actions.take_step(row.pk, "intern", by=works.guide, at=NOW)


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(works):
    row = works.follow(at=NOW)
    walk(works, row, "renew_same")

    with pytest.raises(NotNowError, match="intussen: verlengd"):
        works.step(row, "ready", VISIT, at=NOW, by=works.mediator)
    assert Transition.objects.count() == 2


WAYS = [
    ("view",),
    ("ready",),
    ("renew_changed",),
    ("ready", "refuse"),
    ("ready", "begin"),
    ("ready", "begin", "hours"),
    ("ready", "begin", "suspend"),
    *(CHAIN[:number] for number in (3, 4, 5, 6)),
    (*CHAIN[:4], "return"),
    ("leave",),
]


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_step_that_is_taken_back_leaves_nothing(works, way):
    row = walk(works, works.follow(at=NOW), *way[:-1])
    before = Transition.objects.values().get(pk=row.pk)
    walk(works, row, way[-1])

    works.back(row, at=NOW, by=getattr(works, BY.get(way[-1], "guide")))

    unlike = {"changed_by_id", "changed_at"}
    after = Transition.objects.values().get()
    assert {key: after[key] for key in after.keys() - unlike} == {
        key: before[key] for key in before.keys() - unlike
    }
    assert works.lines()[-1][0] == "Stap teruggenomen: Maatwerk De Kooi"


def test_step_of_somebody_else_or_of_long_ago_is_not_taken_back(works):
    row = walk(works, works.follow(at=NOW), "ready")

    with pytest.raises(TooLateError, match="10 minuten"):
        works.back(row, at=NOW)
    with pytest.raises(TooLateError, match="10 minuten"):
        works.back(row, at=NOW + timedelta(minutes=11), by=works.mediator)


def test_renewal_is_not_taken_back_once_the_next_evaluation_goes_on(works):
    row = walk(works, works.follow(at=NOW), "renew_same")
    walk(works, Transition.objects.get(follows=row), "view")

    with pytest.raises(TooLateError, match="al bezig"):
        works.back(row, at=NOW, by=works.mediator)


@pytest.mark.parametrize("way", [(), (*CHAIN[:3], "suspend"), CHAIN], ids=len)
def test_person_reads_every_round_and_agreement(works, way):
    walk(works, works.follow(at=NOW), *way)

    with acting(system("test")):
        parts = {part.name: part.rows for part in everything_about(works.person.pk)}

    (known,) = parts["Transition"]
    told = {each.label: each.words for each in known}
    assert told["Sociale-economiebedrijf"] == "Maatwerk De Kooi"
    assert (told["Opgeschort"] == "–") is ("suspend" not in way)
    assert len(parts["Agreement"]) == ("intern" in way)
    assert "" not in told.values()


def test_erasing_somebody_leaves_that_there_was_a_round_and_nothing_of_them(works):
    row = walk(works, works.follow(at=NOW), "view", "ready", "begin")

    with acting(system("test")):
        erase_person(works.person.pk, on=TODAY)

    row.refresh_from_db()
    assert (row.case_number, row.state, row.coach, row.view_text) == (
        actions.ERASED, "LEFT", "", "",
    )  # fmt: skip
    assert set(TransitionEvent.objects.values_list("text", flat=True)) == {""}
