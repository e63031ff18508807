"""Work begins with being hired, ends for a reason, and both can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.factories.people import SupportRightFactory
from desk.factories.placements import PlacementFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.placements import actions
from koempel.desk.placements.actions import Teller
from koempel.desk.placements.enums import EndReason, Source
from koempel.desk.placements.errors import PlacementError, TooLateError
from koempel.desk.placements.models import Placement
from koempel.desk.placements.rules import End

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
NO_BUS = End(TODAY, EndReason.TRANSPORT, "De bus rijdt niet meer.")


def end(placement, what=NO_BUS, *, by=None, name="", at=NOW):
    with acting(system("test")):
        return actions.end_placement(placement.pk, what, teller=Teller(by, name), at=at)


def status(town):
    with acting(system("test")):
        return Person.objects.get(pk=town.person.pk).status


def last_line(town):
    with acting(system("test")):
        rows = TimelineEntry.objects.filter(person=town.person, kind="REFERRAL")
        row = rows.order_by("pk").last()
        return row.title, row.text


def test_being_hired_begins_work(town, hired):
    assert (hired.case_number, hired.vacancy) == (town.person.case_number, town.vacancy)
    assert (hired.state, hired.source, hired.started_on) == (
        "WORKING",
        "REFERRAL",
        TODAY - timedelta(days=100),
    )
    assert status(town) == "PLACED"
    (event,) = AuditEvent.objects.filter(verb="placements.begin")
    assert event.objects_seen == [town.person.case_number]


def test_taking_back_that_somebody_was_hired_leaves_no_work(town, hired):
    with acting(system("test")):
        referral = town.vacancy.referrals.get()
    town.back(referral, at=timezone.now())

    assert not Placement.objects.exists()
    assert status(town) == "ACTIVE"


def test_hiring_cannot_be_taken_back_once_the_work_ended(town, hired):
    end(hired, by=town.guide)

    with pytest.raises(PlacementError, match="intussen gestopt"):
        town.back(town.vacancy.referrals.get(), at=timezone.now())
    assert Placement.objects.get().state == "ENDED"


@pytest.mark.parametrize(
    ("asks", "right", "used"),
    [
        (["COLLECTIVE_MAATWERK"], {}, "COLLECTIVE_MAATWERK"),
        (["COLLECTIVE_MAATWERK"], {"state": "REFUSED"}, ""),
        (["COLLECTIVE_MAATWERK"], {"valid_until": TODAY - timedelta(days=1)}, ""),
        (["ARTICLE_60"], {}, ""),
        ([], {}, ""),
    ],
    ids=["used", "refused", "over", "another", "not asked"],
)
def test_measure_is_the_right_that_the_vacancy_asked(town, asks, right, used):
    granted = {"granted_on": TODAY - timedelta(days=90), "measure": "COLLECTIVE_MAATWERK"}
    town.vacancy.measures = asks
    with acting(system("test")):
        SupportRightFactory(person=town.person, **granted | right)

        made = begin(town)

    assert made.measure == used


def begin(town):
    return actions.begin_placement(
        town.person.case_number,
        town.vacancy,
        started_on=TODAY,
        source=Source.TRANSITION,
        by=town.guide,
        at=NOW,
    )


def test_nobody_begins_twice_at_the_same_seat(town, hired):
    with pytest.raises(PlacementError, match="werkt hier al"):
        begin(town)


def test_work_that_ends_makes_somebody_look_again(town, hired):
    end(hired, by=town.guide)

    hired.refresh_from_db()
    assert (hired.state, hired.ended_on, hired.end_reason) == ("ENDED", TODAY, "TRANSPORT")
    assert (hired.ended_by, hired.end_told_at) == (town.guide, NOW)
    assert status(town) == "ACTIVE"
    title, text = last_line(town)
    assert title == "Werk gestopt: Inpakker, Maatwerk De Kooi"
    assert text.endswith("Het vervoer viel weg. De bus rijdt niet meer.")


def test_who_goes_on_elsewhere_stays_at_work(town, hired):
    end(hired, End(TODAY, EndReason.OTHER_JOB), by=town.guide)

    assert status(town) == "PLACED"


def test_who_has_other_work_stays_at_work(town, hired):
    PlacementFactory(case_number=town.person.case_number)

    end(hired, by=town.guide)

    assert status(town) == "PLACED"


@pytest.mark.parametrize(
    ("day", "says"),
    [(TODAY - timedelta(days=101), "voor de eerste"), (TODAY + timedelta(days=1), "nog komen")],
)
def test_last_day_lies_between_the_first_and_today(town, hired, day, says):
    with pytest.raises(PlacementError, match=says):
        end(hired, End(day, EndReason.MOVED), by=town.guide)
    assert status(town) == "PLACED"


def test_work_ends_once(town, hired):
    end(hired, by=town.guide)

    with pytest.raises(PlacementError, match="al gestopt"):
        end(hired, by=town.boss)


def test_end_is_taken_back_whole(town, hired):
    before = Placement.objects.values().get()
    end(hired, by=town.guide)

    with acting(system("test")):
        actions.take_back_end(hired.pk, by=town.guide, at=NOW + timedelta(minutes=9))

    assert Placement.objects.values().get() == before
    assert status(town) == "PLACED"
    assert last_line(town)[0] == "Toch nog aan het werk: Inpakker, Maatwerk De Kooi"


@pytest.mark.parametrize(
    ("who", "minutes", "works"),
    [("guide", 9, True), ("guide", 11, False), ("boss", 1, False)],
)
def test_end_is_taken_back_by_who_wrote_it_and_for_ten_minutes(town, hired, who, minutes, works):
    end(hired, by=town.guide)
    act = {"by": getattr(town, who), "at": NOW + timedelta(minutes=minutes)}

    with acting(system("test")):
        if works:
            actions.take_back_end(hired.pk, **act)
        else:
            with pytest.raises(TooLateError):
                actions.take_back_end(hired.pk, **act)
    assert (status(town) == "PLACED") is works


def test_what_came_by_a_link_a_guide_takes_back_later_and_no_employer(town, hired):
    end(hired, name="Bas Ploeg")
    later = NOW + timedelta(days=3)
    assert last_line(town)[1].endswith("Bas Ploeg, met de link.")

    with acting(system("test")):
        with pytest.raises(TooLateError):
            actions.take_back_end(hired.pk, by=town.boss, at=later)
        actions.take_back_end(hired.pk, by=town.guide, at=later)

    assert status(town) == "PLACED"


def test_erased_person_leaves_no_trace_but_the_count(town, hired):
    PlacementFactory(case_number=town.person.case_number, ended=True, explanation="Brug dicht.")
    # Of the same seat somebody else was erased before.
    PlacementFactory(case_number="gewist", vacancy=hired.vacancy)

    with acting(system("test")):
        erase_person(town.person.case_number, on=TODAY)

    assert set(Placement.objects.values_list("case_number", "explanation")) == {("gewist", "")}


def test_no_reason_speaks_of_health():
    words = " ".join(EndReason.labels).lower()
    assert [word for word in ("ziek", "gezond", "dokter", "psych") if word in words] == []
