"""Objects behind the addresses of work."""

from django.utils import timezone

from desk.accounts.examples import organisation_of
from desk.examples import OF_NOBODY, OF_PERSON, example
from desk.factories.jobs import VacancyFactory
from desk.factories.placements import FollowUpFactory, PlacementFactory
from desk.people.examples import person_of
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.placements.enums import Party
from koempel.desk.placements.links import make_follow_up_link


def placement_of(asker, stand, **facts):
    """At the asker's organisation when the person is of it, too."""
    vacancy = VacancyFactory(employer=organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER))
    number = person_of(asker, stand).pk
    return PlacementFactory(case_number=number, vacancy=vacancy, made_by=asker, **facts)


@example("placements:file", "placements:end", "placements:undo", stands=OF_PERSON)
def placement(asker, stand):
    return {"pk": placement_of(asker, stand).pk}


def follow_up_of(asker, stand):
    return FollowUpFactory(placement=placement_of(asker, stand)).pk


@example("placements:undo-answer", stands=OF_PERSON)
def follow_up(asker, stand):
    return {"pk": follow_up_of(asker, stand)}


@example("placements:answer", stands=OF_PERSON)
def answer(asker, stand):
    return {"pk": follow_up_of(asker, stand), "step": "ja"}


@example("placements:link", stands=OF_PERSON)
def link_to_make(asker, stand):
    return {"pk": follow_up_of(asker, stand), "party": "employer"}


def token_of(asker, stand, party=Party.EMPLOYER):
    with acting(system("proef")):
        now = timezone.now()
        return make_follow_up_link(follow_up_of(asker, stand), party, by=asker, at=now)


@example("follow-up-answer", stands=OF_NOBODY)
def link(asker, stand):
    return {"token": token_of(asker, stand)}


@example("follow-up-answer-step", stands=OF_NOBODY)
def answer_by_link(asker, stand):
    return {"token": token_of(asker, stand), "step": "ja"}
