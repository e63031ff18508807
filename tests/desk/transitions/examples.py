"""Objects behind the addresses of doorstroom."""

from desk.accounts.examples import organisation_of
from desk.examples import OF_PERSON, example
from desk.factories.transitions import TransitionFactory
from desk.people.examples import person_of
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.roles import Role


def transition_of(asker, stand, **facts):
    """In the asker's organisation when the person is of it, too."""
    kind = OrganisationKind.SOCIAL_ENTERPRISE
    employer = organisation_of(asker, stand, kind=kind)
    number = person_of(asker, stand).pk
    return TransitionFactory(case_number=number, employer=employer, made_by=asker, **facts)


@example("transitions:file", "transitions:undo", "transitions:matching", stands=OF_PERSON)
def transition(asker, stand):
    return {"pk": transition_of(asker, stand).pk}


@example("transitions:step", stands=OF_PERSON)
def step(asker, stand):
    """A step that the role of the asker can take."""
    keys = {Role.MEDIATOR: "ready", Role.SOCIAL_ENTERPRISE: "view"}
    return {"pk": transition_of(asker, stand).pk, "step": keys.get(asker.role, "leave")}


@example("transitions:follow", stands=OF_PERSON)
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}
