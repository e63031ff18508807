"""Objects behind the addresses of doorstroom."""

from django.utils import timezone

from desk.accounts.examples import organisation_of
from desk.examples import OF_NOBODY, OF_PERSON, example
from desk.factories.transitions import TransitionFactory
from desk.people.examples import person_of
from desk.transitions.agreed import written
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.signing import make_sign_link


def transition_of(asker, stand, **facts):
    """In the asker's organisation when the person is of it, too."""
    kind = OrganisationKind.SOCIAL_ENTERPRISE
    employer = organisation_of(asker, stand, kind=kind)
    number = person_of(asker, stand).pk
    return TransitionFactory(case_number=number, employer=employer, made_by=asker, **facts)


@example("transitions:file", "transitions:undo", stands=OF_PERSON)
def transition(asker, stand):
    return {"pk": transition_of(asker, stand).pk}


@example("transitions:step", stands=OF_PERSON)
def step(asker, stand):
    """A step that the role of the asker can take."""
    keys = {Role.MEDIATOR: "ready", Role.SOCIAL_ENTERPRISE: "view"}
    return {"pk": transition_of(asker, stand).pk, "step": keys.get(asker.role, "leave")}


def agreed(asker, stand):
    """A round of which the agreement waits to be signed."""
    row = transition_of(asker, stand, matching=True)
    written(row, by=asker, at=timezone.now())
    return row


@example(
    "transitions:agreement",
    "transitions:agreement-pdf",
    "transitions:agree",
    "transitions:sign",
    stands=OF_PERSON,
)
def agreement(asker, stand):
    return {"pk": agreed(asker, stand).pk}


@example("transitions:matching", stands=OF_PERSON)
def matching(asker, stand):
    return {"pk": transition_of(asker, stand, matching=True).pk}


@example("transitions:talk", stands=OF_PERSON)
def talk(asker, stand):
    row = transition_of(asker, stand, aftercare=True)
    return {"pk": row.pk, "number": 0, "step": "gedaan"}


@example("transitions:sign-link", stands=OF_PERSON)
def sign_link(asker, stand):
    return {"pk": agreed(asker, stand).pk, "party": Party.HOST.value}


@example("transition-sign", "transition-sign-pdf", stands=OF_NOBODY)
def link(asker, stand):
    row = agreed(asker, stand)
    with acting(system("proef")):
        return {"token": make_sign_link(row.pk, Party.HOST, by=asker, at=timezone.now())}


@example("transitions:follow", stands=OF_PERSON)
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}
