"""What people decide, and what follows from it."""

from datetime import timedelta

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import TODAY, VacancyFactory
from desk.planning.world import (
    FIT,
    UNWANTED,
    as_guide,
    far_vacancy,
    make_bikes,
    plan,
    proposal_of,
    seeker,
    states,
)
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.ledger import NothingFreeError
from koempel.desk.levers.models import LeverBooking, LeverPart
from koempel.desk.people.enums import EntryKind
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.planning import actions
from koempel.desk.planning.choices import region_to_plan
from koempel.desk.planning.errors import (
    DeadProposalError,
    FullError,
    NotNowError,
    PausedError,
    PlanningError,
    TooLateError,
)
from koempel.desk.planning.models import Decision
from koempel.desk.planning.rules import Words
from koempel.region.ways import ways_of

pytestmark = pytest.mark.django_db

CHANGE = Words(reason="PREFERS", motivation="Je koos zelf voor plukken.")


@pytest.fixture
def person(guide):
    with acting(system("test")):
        person = seeker(guide, modes=[])
        far_vacancy(title="Inpakker")
        make_bikes(1)
    plan()
    return person


def bikes() -> tuple[int, int]:
    part = LeverPart.objects.get()
    return part.free, part.held


def accept(guide, person, words=FIT, at=NOON):
    with as_guide(guide):
        return actions.accept_proposal(proposal_of(person).pk, words, by=guide, at=at)


def refuse(guide, person, words=UNWANTED, at=NOON):
    with as_guide(guide):
        return actions.refuse_proposal(proposal_of(person).pk, words, by=guide, at=at)


def test_accepting_holds_the_seat_and_the_levers(guide, person):
    accept(guide, person)

    assert states() == [("Inpakker", "ACCEPTED")]
    assert bikes() == (0, 1)
    (booking,) = LeverBooking.objects.all()
    assert (booking.case_number, booking.state) == (person.case_number, "HELD")


def test_a_decision_says_who_when_why_and_how_long_they_looked(guide, person):
    words = Words("FITS", "Je werkt graag alleen.", "Liever dichter bij huis.", 95)
    accept(guide, person, words)

    with as_guide(guide):
        row = Decision.objects.get()
        entry = TimelineEntry.objects.filter(kind=EntryKind.PROPOSAL).get()
    assert (row.by, row.at, row.verdict, row.reason) == (guide, NOON, "ACCEPT", "FITS")
    assert (row.motivation, row.disagrees, row.seconds_looked) == words_of(words)
    assert (entry.title, entry.text) == ("Voorstel aanvaard: Inpakker", "Je werkt graag alleen.")
    assert AuditEvent.objects.filter(verb="planning.accept").count() == 1


def words_of(words):
    return words.motivation, words.disagrees, words.seconds_looked


def test_of_two_who_decide_one_wins_and_the_other_is_told(guide, person):
    key = proposal_of(person).pk
    accept(guide, person)

    with as_guide(guide), pytest.raises(NotNowError, match="intussen aanvaard"):
        actions.refuse_proposal(key, UNWANTED, by=guide, at=NOON)
    assert states() == [("Inpakker", "ACCEPTED")]


def test_another_guide_does_not_find_the_proposal(guide, person):
    stranger = UserFactory(role=Role.CASEWORKER)

    with as_guide(stranger), pytest.raises(PlanningError, match="bestaat niet"):
        actions.accept_proposal(proposal_of(person).pk, FIT, by=stranger, at=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASEWORKER, Role.SOCIAL_WORKER}))
def test_nobody_decides_who_guides_nobody(role, guide, person):
    other = UserFactory(role=Role.CASEWORKER)
    other.role = role

    with acting(system("test")), pytest.raises(PlanningError, match="wie mensen begeleidt"):
        actions.accept_proposal(proposal_of(person).pk, FIT, by=other, at=NOON)
    assert states() == [("Inpakker", "OPEN")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda person: Person.objects.update(max_travel_min=25), "gegevens zijn veranderd"),
        (lambda person: Person.objects.update(status="PAUSED"), "gegevens zijn veranderd"),
        (lambda person: Vacancy.objects.update(shifts="Mo-Fr 05:00-13:00"), "zijn veranderd"),
        (lambda person: Vacancy.objects.update(state="CLOSED"), "gegevens zijn veranderd"),
    ],
    ids=["person", "status", "hours", "closed"],
)
def test_a_proposal_dies_when_its_facts_change(change, why, guide, person):
    with acting(system("test")):
        change(person)

    with pytest.raises(DeadProposalError, match=why):
        accept(guide, person)
    assert (states(), bikes()) == ([("Inpakker", "OPEN")], (1, 0))
    assert actions.bury_dead_proposals(TODAY, at=NOON) == 1
    assert states() == [("Inpakker", "DEAD")]


def test_a_note_or_another_stock_does_not_kill_a_proposal(guide, person):
    with acting(system("test")):
        LeverPart.objects.update(free=7)
        Person.objects.update(next_step="Bel", next_step_on=TODAY, changed_at=NOON)
        Vacancy.objects.update(seats=3)

    assert actions.bury_dead_proposals(TODAY, at=NOON) == 0


def test_a_proposal_dies_when_its_first_day_is_past(guide, person):
    late = NOON + timedelta(days=40)
    with acting(system("test")):
        Vacancy.objects.update(publish_to=TODAY + timedelta(days=300))

    assert proposal_of(person).content.start_on < late.date()
    with pytest.raises(DeadProposalError, match="startdag"):
        accept(guide, person, at=late)


def test_a_lever_that_others_took_refuses_and_changes_nothing(guide, person):
    with acting(system("test")):
        LeverPart.objects.update(free=0)

    with pytest.raises(NothingFreeError):
        accept(guide, person)
    with as_guide(guide):
        assert Decision.objects.count() == 0
    assert states() == [("Inpakker", "OPEN")]


def test_a_seat_that_others_took_refuses(guide):
    with acting(system("test")):
        one, two = seeker(guide), seeker(guide)
        VacancyFactory(seats=2)
    plan()
    accept(guide, one)
    with acting(system("test")):
        Vacancy.objects.update(seats=1)

    with pytest.raises(FullError, match="ingevuld"):
        accept(guide, two)


def test_refusing_needs_a_reason_and_words_for_the_person(guide, person):
    with pytest.raises(PlanningError, match="Kies een reden"):
        refuse(guide, person, Words(reason="FITS", motivation="Nee."))
    with pytest.raises(PlanningError, match="die de persoon begrijpt"):
        refuse(guide, person, Words(reason="UNWANTED", motivation="  "))
    assert states() == [("Inpakker", "OPEN")]


def test_changing_takes_another_way_and_bars_the_first(guide, person):
    with acting(system("test")):
        VacancyFactory(title="Plukker")
        (way,) = [
            each
            for each in ways_of(region_to_plan(TODAY), person.case_number).ways
            if each.job == Vacancy.objects.get(title="Plukker").number
        ]

    with as_guide(guide):
        actions.change_proposal(proposal_of(person).pk, way, CHANGE, by=guide, at=NOON)

    assert states() == [("Inpakker", "CHANGED"), ("Plukker", "ACCEPTED")]
    with acting(system("test")):
        assert proposal_of(person).changes.vacancy.title == "Inpakker"
    assert bikes() == (1, 0)


def test_a_way_of_somebody_else_is_refused(guide, person):
    with acting(system("test")):
        other = seeker(guide)
        way = ways_of(region_to_plan(TODAY), other.case_number).ways[0]

    with as_guide(guide), pytest.raises(PlanningError, match="iemand anders"):
        actions.change_proposal(proposal_of(person).pk, way, CHANGE, by=guide, at=NOON)
    assert states() == [("Inpakker", "OPEN")]


def take_back(guide, person, minutes, by=None):
    with as_guide(guide):
        at = NOON + timedelta(minutes=minutes)
        return actions.take_back(proposal_of(person).pk, by=by or guide, at=at)


def test_an_acceptance_can_be_taken_back_for_ten_minutes(guide, person):
    accept(guide, person)

    take_back(guide, person, 10)

    assert (states(), bikes()) == ([("Inpakker", "OPEN")], (1, 0))
    accept(guide, person, at=NOON + timedelta(minutes=11))
    assert (states(), bikes()) == ([("Inpakker", "ACCEPTED")], (0, 1))


def test_a_change_is_taken_back_as_a_whole(guide, person):
    with acting(system("test")):
        VacancyFactory(title="Plukker")
        ways = ways_of(region_to_plan(TODAY), person.case_number).ways
        way = next(each for each in ways if not each.levers)
    with as_guide(guide):
        actions.change_proposal(proposal_of(person).pk, way, CHANGE, by=guide, at=NOON)

    take_back(guide, person, 5)

    assert states() == [("Inpakker", "OPEN"), ("Plukker", "WITHDRAWN")]


def test_after_the_term_nothing_is_taken_back(guide, person):
    refuse(guide, person)

    with pytest.raises(TooLateError, match="kan niet meer"):
        take_back(guide, person, 11)
    with pytest.raises(TooLateError, match="Alleen wie besliste"):
        take_back(guide, person, 1, by=UserFactory(role=Role.CASEWORKER))


def test_withdrawing_gives_the_seat_and_the_lever_back(guide, person):
    accept(guide, person)

    with as_guide(guide):
        words = Words("EMPLOYER", "De werkgever koos iemand anders.")
        actions.withdraw_proposal(proposal_of(person).pk, words, by=guide, at=NOON)

    assert (states(), bikes()) == ([("Inpakker", "WITHDRAWN")], (1, 0))
    assert plan().proposals == 0


def test_a_paused_planner_lets_nobody_accept_but_everybody_refuse(guide, person):
    director = UserFactory(role=Role.DIRECTOR)
    with acting(system("test")):
        actions.pause_planner("Vreemde cijfers in Beringen.", by=director, at=NOON)

    with pytest.raises(PausedError):
        accept(guide, person)
    refuse(guide, person)
    assert states() == [("Inpakker", "REFUSED")]
    with acting(system("test")):
        actions.resume_planner(by=director, at=NOON + timedelta(hours=1))
        with pytest.raises(PlanningError, match="niet gepauzeerd"):
            actions.resume_planner(by=director, at=NOON + timedelta(hours=2))
