"""The case says in one line where somebody stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.transitions import TransitionFactory
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person
from koempel.desk.placements.models import FollowUp
from koempel.desk.referrals.rules import Words
from koempel.region import dutch

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def line(client, town):
    client.force_login(town.guide)
    page = client.get(reverse("people:file", args=[town.person.case_number])).content.decode()
    return page.split('<p class="intro">')[1].split("</p>")[0]


def test_line_follows_somebody_from_looking_to_work(client, town):
    with acting(system("test")):
        since = Person.objects.get(pk=town.person.pk).status_since
    said = [line(client, town)]
    (referral,) = town.refer(at=NOW)
    said.append(line(client, town))
    talk = NOW + timedelta(days=3)
    town.step(referral, "invite", Words(talk_at=talk, talk_place="Hier"), at=NOW)
    said.append(line(client, town))
    town.step(referral, "interview", at=NOW)
    said.append(line(client, town))
    first = TODAY - timedelta(days=30)
    town.step(referral, "hire", Words(starts_on=first), at=NOW)
    said.append(line(client, town))

    where = "Verwezen naar Inpakker bij Maatwerk De Kooi"
    due = FollowUp.objects.get(months=3).due_on
    clock = dutch.clock(timezone.localtime(talk).hour * 60 + timezone.localtime(talk).minute)
    talk_on = f"{dutch.weekday_and_day(timezone.localdate(talk))} om {clock} uur"
    work = f"Aan het werk sinds {dutch.day(first)} bij Maatwerk De Kooi"
    assert said == [
        f"Zoekt werk sinds {dutch.day(since)}.",
        f"{where}, nog geen antwoord.",
        f"{where}, gesprek op {talk_on}.",
        f"{where}, het gesprek is geweest.",
        f"{work}, opvolging op {dutch.day(due)}.",
    ]


def test_line_says_that_it_is_to_be_asked_now(client, town, hired):
    assert line(client, town).endswith("nu te vragen of dat nog zo is.")


def test_line_says_how_far_somebody_moves_on_before_anything_else(client, town, hired):
    row = TransitionFactory(case_number=town.person.pk, matching=True)

    said = line(client, town)

    assert said == f"Zoekt een plek, tegen {dutch.day(row.due_on)}, bij {row.employer}."
