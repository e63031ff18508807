"""It is asked whether work goes on: who is asked, by what, and what the answer does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.placements import FollowUpFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.placements import actions
from koempel.desk.placements.actions import Teller, Told
from koempel.desk.placements.enums import Answer, EndReason, Party
from koempel.desk.placements.errors import PlacementError, TooLateError
from koempel.desk.placements.links import make_follow_up_link
from koempel.desk.placements.models import FollowUp, FollowUpLink, Placement
from koempel.desk.placements.queries import lasting, waiting_follow_ups
from koempel.desk.placements.rules import End

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
STOPPED = End(TODAY - timedelta(days=5), EndReason.CHILDCARE)
NO = {"ended_on": str(STOPPED.on), "reason": "CHILDCARE", "name": "Bas Ploeg"}
WELL = {"goes_well": "ja", "name": "Bas Ploeg"}


@pytest.fixture
def asked(hired):
    """The question after three months, which is due."""
    return hired.follow_ups.get(months=3)


def say(asked, answer, *, party=Party.EMPLOYER, by=None, name="", at=NOW, **rest):
    told = Told(answer, party, **rest)
    with acting(system("test")):
        return actions.answer_follow_up(asked.pk, told, teller=Teller(by, name), at=at)


def token_for(asked, party, *, by, at=NOW):
    with acting(system("test")):
        return make_follow_up_link(asked.pk, party, by=by, at=at)


def page(token, step=""):
    keys = {"token": token} | ({"step": step} if step else {})
    return reverse("follow-up-answer-step" if step else "follow-up-answer", kwargs=keys)


def url(name, **keys):
    return reverse(f"placements:{name}", kwargs=keys)


def read(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def status(town):
    with acting(system("test")):
        return Person.objects.get(pk=town.person.pk).status


def waiting(at=TODAY):
    return list(waiting_follow_ups(FollowUp.objects.all(), at).values_list("months", flat=True))


def test_only_the_last_that_is_due_waits(hired):
    first = hired.started_on
    months = {3: 95, 6: 185, 12: 366}
    assert {each: waiting(first + timedelta(days=days)) for each, days in months.items()} == {
        3: [3],
        6: [6],
        12: [12],
    }
    assert waiting(first + timedelta(days=80)) == []


def test_nothing_waits_once_it_is_said_over_or_erased(town, hired, asked):
    say(asked, Answer.YES, by=town.guide, goes_well=True)
    said = waiting()
    with acting(system("test")):
        actions.take_back_answer(asked.pk, by=town.guide, at=NOW)
        back = waiting()
        erase_person(town.person.case_number, on=TODAY)
    assert (said, back, waiting()) == ([], [3], [])


def test_who_went_on_elsewhere_is_still_asked(town, hired, asked):
    elsewhere = End(TODAY - timedelta(days=30), EndReason.OTHER_JOB)
    with acting(system("test")):
        actions.end_placement(hired.pk, elsewhere, teller=Teller(town.guide), at=NOW)

    assert waiting() == [3]
    with pytest.raises(PlacementError, match="alleen zelf"):
        token_for(asked, Party.EMPLOYER, by=town.guide)
    say(asked, Answer.NO, party=Party.PERSON, by=town.guide)
    assert status(town) == "ACTIVE"


def test_yes_is_kept_with_who_said_it(town, hired, asked):
    say(asked, Answer.YES, by=town.guide, goes_well=False, needs="Een fiets.")

    asked.refresh_from_db()
    kept = (asked.answer, asked.told_by, asked.goes_well, asked.needs, asked.answered_by)
    assert kept == ("YES", "EMPLOYER", False, "Een fiets.", town.guide)
    with acting(system("test")):
        line = TimelineEntry.objects.filter(person=town.person).order_by("pk").last()
    assert line.title.startswith("Opvolging na 3 maanden: nog aan het werk (Inpakker, Maatwerk")
    assert line.text == "Er is iets nodig. Een fiets. Volgens de werkgever."


def test_no_ends_the_work_and_taking_it_back_restores_all(town, hired, asked):
    before = (Placement.objects.values().get(), FollowUp.objects.values().get(pk=asked.pk))
    say(asked, Answer.NO, by=town.guide, end=STOPPED)
    hired.refresh_from_db()
    assert (hired.ended_on, hired.end_reason, status(town)) == (STOPPED.on, "CHILDCARE", "ACTIVE")

    with acting(system("test")):
        actions.take_back_answer(asked.pk, by=town.guide, at=NOW + timedelta(minutes=9))

    after = (Placement.objects.values().get(), FollowUp.objects.values().get(pk=asked.pk))
    assert (after, status(town)) == (before, "PLACED")


def test_no_without_a_day_and_a_reason_changes_nothing(town, hired, asked):
    with pytest.raises(PlacementError, match="wanneer en waarom"):
        say(asked, Answer.NO, by=town.guide)
    assert waiting() == [3]


def test_it_is_said_once_and_not_before_its_day(town, hired, asked):
    with pytest.raises(PlacementError, match="pas op"):
        say(hired.follow_ups.get(months=12), Answer.YES, by=town.guide)
    say(asked, Answer.YES, by=town.guide)
    with pytest.raises(PlacementError, match="al een antwoord"):
        say(asked, Answer.NO, by=town.guide, end=STOPPED)


def test_who_does_not_know_leaves_it_to_the_guide(town, hired, asked):
    say(asked, Answer.UNKNOWN, name="Bas Ploeg")

    assert waiting() == [3]
    say(asked, Answer.YES, party=Party.PERSON, by=town.guide)
    assert waiting() == []


def test_answer_is_taken_back_by_who_wrote_it(town, hired, asked):
    say(asked, Answer.YES, by=town.guide)
    with acting(system("test")), pytest.raises(TooLateError):
        actions.take_back_answer(asked.pk, by=town.boss, at=NOW)


@pytest.mark.parametrize("party", Party)
def test_link_shows_the_minimum_and_three_answers(town, hired, asked, party):
    shown = Client().get(page(token_for(asked, party, by=town.guide))).content.decode()

    questions = {
        Party.EMPLOYER: "Werkt Yara Stutvinder nog bij jullie?",
        Party.PERSON: "Werk je nog bij Maatwerk De Kooi?",
    }
    assert questions[party] in shown
    assert shown.count('class="btn-') == 3
    assert [word for word in (town.person.case_number, "Heusden") if word in shown] == []


def test_person_is_asked_which_support_helps_and_never_for_obstacles(town, hired, asked):
    token = token_for(asked, Party.PERSON, by=town.guide)
    visitor = Client()
    shown = visitor.get(page(token, "ja")).content.decode()
    form = {"goes_well": "nee", "needs": "Opvang op woensdag."}

    visitor.post(page(token, "ja"), form)

    assert "Welke ondersteuning heb je nodig?" in shown
    assert "drempel" not in shown
    assert "Wie antwoordt?" not in shown
    asked.refresh_from_db()
    assert (asked.told_by, asked.needs, asked.answered_by) == (
        "PERSON",
        "Opvang op woensdag.",
        None,
    )


def test_employer_says_by_a_link_that_it_is_over(town, hired, asked):
    token, visitor = token_for(asked, Party.EMPLOYER, by=town.guide), Client()
    faulty = visitor.post(page(token, "nee"), NO | {"reason": ""})
    done = visitor.post(page(token, "nee"), NO, follow=True).content.decode()

    hired.refresh_from_db()
    assert (faulty.status_code, hired.state, status(town)) == (422, "ENDED", "ACTIVE")
    assert "Hier kwam al een antwoord op" in done
    assert "Die stap kan nu niet" in visitor.get(page(token, "ja"), follow=True).content.decode()


def test_answer_sent_twice_is_given_once(town, hired, asked):
    address, visitor = page(token_for(asked, Party.EMPLOYER, by=town.guide), "ja"), Client()

    answers = [visitor.post(address, WELL | {"sleutel": "eens"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize("why", ["old", "withdrawn", "wrong"])
def test_link_that_does_not_work_is_like_one_that_never_was(town, hired, asked, why):
    token = token_for(asked, Party.EMPLOYER, by=town.guide)
    if why == "old":
        FollowUpLink.objects.update(made_at=NOW - timedelta(days=20), ends_at=NOW)
    elif why == "withdrawn":
        token_for(asked, Party.EMPLOYER, by=town.guide)
    else:
        token = "x" * 32
    visitor = Client()

    answers = [visitor.get(page(token)), visitor.post(page(token, "ja"), WELL)]

    asked.refresh_from_db()
    assert ([answer.status_code for answer in answers], asked.answer) == ([404, 404], "")


def test_table_keeps_no_link_that_can_be_used(town, hired, asked):
    token = token_for(asked, Party.PERSON, by=town.guide)
    assert token not in str(FollowUpLink.objects.values().get())


def test_guide_makes_the_link_and_sees_it_once(client, town, hired, asked):
    client.force_login(town.guide)
    address = url("link", pk=asked.pk, party="person")

    once = client.post(address, follow=True).content.decode()
    again = client.get(url("file", pk=hired.pk)).content.decode()

    assert ("/opvolging/" in once.replace("/werk/opvolging/", "")) is True
    assert ("/opvolging/" in again.replace("/werk/opvolging/", "")) is False


def test_guide_writes_down_what_was_said_in_two_pages(client, town, hired, asked):
    shown = read(client, town.guide, url("file", pk=hired.pk))
    address = url("answer", pk=asked.pk, step="ja")
    assert address in shown

    client.post(address, {"party": "PERSON", "goes_well": "ja", "needs": ""})

    asked.refresh_from_db()
    assert (asked.answer, asked.told_by, asked.answered_by) == ("YES", "PERSON", town.guide)


def test_what_the_person_needs_is_for_the_guide_alone(client, town, hired, asked):
    say(asked, Answer.YES, party=Party.PERSON, name="x", goes_well=False, needs="Een fiets.")
    director = UserFactory(role=Role.DIRECTOR)
    address = url("file", pk=hired.pk)

    shown = ["Een fiets" in read(client, who, address) for who in (town.guide, town.boss, director)]

    assert shown == [True, False, False]


def test_what_is_due_waits_for_who_has_to_act(client, town, hired, asked):
    first = reverse("waiting:page")
    before = [read(client, who, first) for who in (town.guide, town.boss)]
    token_for(asked, Party.EMPLOYER, by=town.guide)
    after = [read(client, who, first) for who in (town.guide, town.boss)]

    words = ("Nog aan het werk?", "Werkt wie begon nog bij jullie?")
    shown = [[word in each for word in words] for each in (*before, *after)]
    assert shown == [[True, False], [False, False], [False, False], [False, True]]


def test_what_the_employer_needs_is_told_to_the_guide(client, town, hired, asked):
    say(asked, Answer.YES, name="Bas", goes_well=False, needs="Een taalles.")

    shown = read(client, town.guide, reverse("waiting:page"))

    assert "Aan het werk, en er is iets nodig" in shown
    assert "Een taalles." in shown


def test_director_reads_how_many_stay_silent(client, town):
    for _ in range(6):
        FollowUpFactory(due_on=TODAY - timedelta(days=40))
    FollowUpFactory()

    shown = read(client, UserFactory(role=Role.DIRECTOR), reverse("overview:board"))

    assert "6 plaatsingen zonder opvolging" in shown


def test_list_tells_what_is_to_be_asked(client, town, hired, asked):
    client.force_login(town.guide)
    shown = {
        choice: "één plaatsing" in client.get(f"{url('list')}?opvolging={choice}").content.decode()
        for choice in ("wacht", "laat")
    }
    assert shown == {"wacht": True, "laat": False}


def test_lasting_counts_what_lasted_what_did_not_and_what_nobody_said(town):
    began = TODAY - timedelta(days=400)
    for answer in ("YES", "YES", "UNKNOWN", ""):
        row = FollowUpFactory(months=12, placement__started_on=began)
        if answer:
            FollowUp.objects.filter(pk=row.pk).update(
                answer=answer, told_by="EMPLOYER", answered_at=NOW
            )
    stopped = FollowUpFactory(months=12, placement__started_on=began, placement__ended=True)
    Placement.objects.filter(pk=stopped.placement_id).update(ended_on=TODAY - timedelta(days=90))
    FollowUpFactory(months=12, due_on=TODAY + timedelta(days=1))

    found = lasting(Placement.objects.prefetch_related("follow_ups"), today=TODAY)

    assert (found.durable, found.over, found.unknown, found.all) == (2, 1, 2, 5)
    assert sum(each.is_durable(TODAY) for each in Placement.objects.all()) == 2
