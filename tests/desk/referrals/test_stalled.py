"""People with whom nothing moves: every move counts, and what could come next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.people import PersonObstacleFactory
from desk.factories.planning import DecisionFactory, ProposalFactory
from desk.factories.referrals import ReferralFactory
from desk.planning.world import as_guide, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person
from koempel.desk.people.queries import people_with
from koempel.desk.referrals.stalled import Next, stalled, stalled_rows
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LONG, SHORT = TODAY - timedelta(weeks=6, days=1), TODAY - timedelta(weeks=6)
QUIET = {"status_since": LONG, "last_contact_on": LONG}


@pytest.fixture
def quiet(town) -> Person:
    """Somebody with whom nothing moved for six weeks and a day."""
    with acting(system("test")):
        return seeker(town.guide, first_name="Nora", last_name="Stilstaander", **QUIET)


def numbers():
    with acting(system("test")):
        return set(stalled(Person.objects.all(), TODAY).values_list("pk", flat=True))


def test_nothing_moved_for_six_weeks(quiet):
    assert numbers() == {quiet.pk}


@pytest.mark.parametrize(
    "move",
    [
        {"last_contact_on": SHORT},
        {"status_since": SHORT},
        {"next_step": "Bel", "next_step_on": SHORT},
        {"status": "PLACED"},
        {"status": "PAUSED"},
    ],
    ids=["contact", "status", "step", "at work", "paused"],
)
def test_every_move_of_the_case_counts(quiet, move):
    with acting(system("test")):
        Person.objects.filter(pk=quiet.pk).update(**move)
    assert numbers() == set()


def test_referral_counts_while_it_is_open_and_for_a_while_after(quiet):
    long_ago = NOW - timedelta(weeks=9)
    referral = ReferralFactory(case_number=quiet.pk, made_at=long_ago, changed_at=long_ago)
    while_open = numbers()
    referral.state, referral.due_on, referral.reason = "NOT_HIRED", None, "FILLED"
    referral.save()
    long_after = numbers()
    referral.changed_at = NOW - timedelta(weeks=2)
    referral.save()

    assert (while_open, long_after, numbers()) == (set(), {quiet.pk}, set())


@pytest.mark.parametrize(("weeks", "counts"), [(2, True), (9, False)])
def test_decision_on_a_proposal_counts(quiet, weeks, counts):
    with acting(system("test")):
        proposal = ProposalFactory(person=quiet, state="REFUSED")
        DecisionFactory(proposal=proposal, at=NOW - timedelta(weeks=weeks))
    assert (numbers() == set()) is counts


def test_next_is_what_is_nearest(town, quiet):
    with acting(system("test")):
        first = stalled_rows([_ready(quiet)], at=NOW)
        PersonObstacleFactory(person=quiet)
        second = stalled_rows([_ready(quiet)], at=NOW)
        ProposalFactory(person=quiet)
        third = stalled_rows([_ready(quiet)], at=NOW)

    found = [(each.next, each.lever, each.since) for (each,) in (first, second, third)]
    assert found == [
        (Next.VACANCY, None, LONG),
        (Next.SUPPORT, LeverKind.EBIKE_LOAN, LONG),
        (Next.DECIDE, None, LONG),
    ]


def _ready(person):
    (found,) = people_with([person.pk])
    return found


def test_guide_reads_the_own_ones_with_what_could_come_next(client, town, quiet):
    with acting(system("test")):
        seeker(UserFactory(), first_name="Olga", **QUIET)
    client.force_login(town.guide)

    listed = client.get(reverse("referrals:stalled")).content.decode()
    waits = client.get(reverse("waiting:page")).content.decode()

    assert "één mens" in listed
    assert "Nora Stilstaander" in listed
    assert "Zoek een vacature" in listed
    assert "Olga" not in listed + waits
    assert "Bij wie niets beweegt" in waits


def test_director_does_not_open_the_names(client, quiet):
    client.force_login(UserFactory(role=Role.DIRECTOR))
    assert client.get(reverse("referrals:stalled")).status_code in (403, 404)


def test_reader_out_of_reach_reads_nobody(quiet):
    with as_guide(UserFactory()):
        assert not stalled(Person.objects.all(), TODAY).exists()
