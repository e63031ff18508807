"""The seats around a contract: one is taken, one comes free, and back; the chain that follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.referrals import ReferralFactory
from desk.factories.transitions import TransitionFactory
from desk.planning.world import open_now, seeker
from desk.transitions.conftest import TODAY, days
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.actions import VacancyError, take_seat
from koempel.desk.transitions.actions import follow, mark_talk
from koempel.desk.transitions.chain import chain_of
from koempel.desk.transitions.enums import Reason
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.rules import Told

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PAST = {"start_from": days(-330), "start_to": days(-300), "publish_from": days(-340)}
BACK = Told(reason=Reason.HOST_STOPPED)


@pytest.fixture
def seat(works):
    """The seat of the person in the social enterprise, filled long ago."""
    facts = open_now() | PAST
    return VacancyFactory(
        employer=works.enterprise, title="Inpakker", taken=1, state="FILLED", **facts
    )


@pytest.fixture
def job(db):
    return VacancyFactory(title="Bakkershulp", **open_now())


@pytest.fixture
def row(works, seat):
    """In the internship."""
    with acting(system("test")):
        row = follow(
            works.person.pk,
            works.enterprise,
            since=days(-300),
            evaluated_on=None,
            by=works.guide,
            at=NOW,
            vacancy=seat,
        )
    works.step(row, "ready", Told(day=TODAY), at=NOW, by=works.mediator)
    works.step(row, "begin", Told(coach="Cora Coach"), at=NOW)
    works.step(row, "match", at=NOW)
    return works.step(row, "intern", at=NOW)


@pytest.fixture
def contract(works, row, job):
    return works.step(row, "contract", Told(day=days(7), vacancy=job.pk), at=NOW)


def stand(*vacancies):
    for each in vacancies:
        each.refresh_from_db()
    return [(each.state, each.taken) for each in vacancies]


def test_contract_fills_the_job_and_offers_the_seat_again(contract, seat, job):
    assert stand(job, seat) == [("FILLED", 1), ("PUBLISHED", 0)]
    assert (seat.start_from, seat.start_to) == (days(7), days(67))
    assert contract.seat_given


def test_job_without_a_seat_left_refuses_and_changes_nothing(works, row, seat, job):
    with acting(system("test")):
        take_seat(job, by=works.guide, at=NOW)

    with pytest.raises(VacancyError, match="ingevuld"):
        works.step(row, "contract", Told(day=days(7), vacancy=job.pk), at=NOW)

    row.refresh_from_db()
    assert (row.state, stand(seat)) == ("INTERNSHIP", [("FILLED", 1)])


def test_vacancy_that_was_closed_is_offered_by_nobody(works, row, seat):
    seat.state = "CLOSED"
    seat.save()

    row = works.step(row, "contract", Told(day=days(7)), at=NOW)

    assert (row.seat_given, stand(seat)) == (False, [("CLOSED", 1)])


def test_return_without_fault_gives_both_seats_back(works, contract, seat, job):
    works.step(contract, "return", BACK, at=NOW)

    assert stand(job, seat) == [("PUBLISHED", 0), ("FILLED", 1)]
    assert Transition.objects.get(follows=contract).state == "EVALUATION_DUE"


def test_return_is_a_right_also_when_the_seat_is_taken(works, contract, seat, job):
    with acting(system("test")):
        take_seat(seat, by=works.boss, at=NOW)

    row = works.step(contract, "return", BACK, at=NOW)

    assert (row.state, stand(job, seat)) == (
        "NO_FAULT_RETURN",
        [("PUBLISHED", 0), ("FILLED", 1)],
    )


def test_who_leaves_gives_the_job_back_and_keeps_no_seat(works, contract, seat, job):
    works.step(contract, "leave", Told(reason=Reason.MOVED), at=NOW)

    assert stand(job, seat) == [("PUBLISHED", 0), ("PUBLISHED", 0)]


def test_contract_that_is_taken_back_leaves_the_seats_as_they_were(works, contract, seat, job):
    works.back(contract, at=NOW)

    contract.refresh_from_db()
    assert (contract.state, contract.regular, contract.seat_given) == ("INTERNSHIP", None, False)
    assert stand(job, seat) == [("PUBLISHED", 0), ("FILLED", 1)]


def test_contract_is_not_taken_back_once_somebody_took_the_seat(works, contract, seat, job):
    with acting(system("test")):
        take_seat(seat, by=works.boss, at=NOW)

    with pytest.raises(TransitionError, match="intussen ingevuld"):
        works.back(contract, at=NOW)
    assert stand(job) == [("FILLED", 1)]


def test_return_that_is_taken_back_takes_the_seats_again(works, contract, seat, job):
    works.step(contract, "return", BACK, at=NOW)

    works.back(contract, at=NOW)

    contract.refresh_from_db()
    assert (contract.state, contract.seat_given) == ("AFTERCARE", True)
    assert stand(job, seat) == [("FILLED", 1), ("PUBLISHED", 0)]


def test_form_takes_a_regular_vacancy_only(client, works, row, job):
    social = VacancyFactory(social=True, **open_now())
    client.force_login(works.guide)
    address = reverse("transitions:step", args=[row.pk, "contract"])

    refused = client.post(address, {"day": str(days(7)), "vacancy": social.number})
    client.post(address, {"day": str(days(7)), "vacancy": job.number})

    row.refresh_from_db()
    assert refused.status_code == 422
    assert (row.state, row.regular) == ("AFTERCARE", job)


def test_coach_asks_after_a_week_a_month_and_three_months(contract):
    start = days(7)
    planned = [str(start + timedelta(days=number)) for number in (7, 30, 91)]

    assert contract.talks == [[day, None] for day in planned]
    assert contract.talk_on == start + timedelta(days=7)


def test_talk_is_done_and_not_done_after_all(works, contract):
    def mark(number, is_done):
        with acting(system("test")):
            return mark_talk(contract.pk, number, is_done=is_done, by=works.guide, at=NOW)

    assert mark(0, True).talk_on == days(37)
    with pytest.raises(NotNowError, match="intussen veranderd"):
        mark(0, True)
    assert mark(0, False).talk_on == days(14)
    with pytest.raises(NotNowError, match="intussen veranderd"):
        mark(3, True)


def test_talk_that_is_due_waits_for_the_guide_until_it_is_done(client, works):
    row = TransitionFactory(aftercare=True, case_number=works.person.pk, employer=works.enterprise)
    client.force_login(works.guide)
    waits = reverse("waiting:page")
    before = client.get(waits).content.decode()

    client.post(reverse("transitions:talk", args=[row.pk, 0, "gedaan"]))

    assert "Nazorg: vraag hoe het gaat" in before
    assert "Nazorg: vraag hoe het gaat" not in client.get(waits).content.decode()


def chain(row):
    with acting(system("test")) as context:
        row.refresh_from_db()
        return chain_of(row, context, today=TODAY)


def test_chain_is_open_while_nobody_has_the_seat(works, contract, seat):
    ReferralFactory(vacancy=seat, case_number="K-2222")
    TransitionFactory(employer=works.enterprise, case_number="K-3333", matching=True)

    found = chain(contract)

    assert [(link.row.pk, link.is_gone) for link in found.links] == [(contract.pk, True)]
    assert (found.is_open, found.n_referred, found.n_to_come) == (True, 1, 1)


def test_chain_goes_on_with_who_took_the_seat_and_moved_on_in_turn(works, contract, seat):
    with acting(system("test")):
        take_seat(seat, by=works.boss, at=NOW)
    second = TransitionFactory(
        aftercare=True,
        vacancy=seat,
        employer=works.enterprise,
        case_number="K-2222",
        since=days(8),
        starts_on=days(20),
    )
    third = TransitionFactory(
        vacancy=seat, employer=works.enterprise, case_number="K-3333", since=days(21)
    )

    found = chain(contract)

    links = [(link.row.pk, link.is_gone) for link in found.links]
    assert links == [(contract.pk, True), (second.pk, True), (third.pk, False)]
    assert not found.is_open


def test_there_is_no_chain_before_a_contract(row):
    assert chain(row) is None


def test_chain_counts_who_could_and_names_only_who_is_in_reach(client, works, contract, seat):
    with acting(system("test")):
        seeker(works.guide, first_name="Nele")
        other = UserFactory(role=Role.CASEWORKER)
        stranger = seeker(other, first_name="Otto", status="PLACED")
    director = UserFactory(role=Role.DIRECTOR)
    address = reverse("transitions:file", args=[contract.pk])

    def read(who):
        client.force_login(who)
        return client.get(address).content.decode()

    guide, boss, numbers = read(works.guide), read(works.boss), read(director)
    with acting(system("test")):
        take_seat(seat, by=works.boss, at=NOW)
    TransitionFactory(
        vacancy=seat, employer=works.enterprise, case_number=stranger.pk, since=days(8)
    )

    assert "één mens kan zo beginnen" in guide
    assert reverse("referrals:candidates", args=[seat.number]) in guide
    assert "zo beginnen" not in boss + numbers
    assert "Yara" not in numbers
    assert "Iemand anders" in read(works.guide)
    assert "Otto" not in read(works.guide)
