"""Objects behind the addresses of proposals."""

from django.utils import timezone

from desk.examples import OF_NOBODY, OF_PERSON, example
from desk.factories.planning import DecisionFactory, ProposalFactory
from desk.people.examples import person_of
from koempel.desk.common.context import acting, system
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.sheets import make_sheet_link


@example(
    "proposals:file",
    "proposals:take-back",
    "proposals:withdraw",
    "proposals:sheet",
    "proposals:sheet-link",
    stands=OF_PERSON,
)
def case(asker, stand):
    person = person_of(asker, stand)
    with acting(system("proef")):
        ProposalFactory(person=person)
    return {"case": person.pk}


@example("proposals:allow", stands=OF_PERSON)
def refused(asker, stand):
    person = person_of(asker, stand)
    with acting(system("proef")):
        proposal = ProposalFactory(person=person, state=ProposalState.REFUSED)
        DecisionFactory(proposal=proposal)
    return {"case": person.pk, "key": proposal.pk}


@example("person-sheet", stands=OF_NOBODY)
def link(asker, stand):
    person = person_of(asker, stand)
    with acting(system("proef")):
        return {"token": make_sheet_link(person, by=person.caseworker, at=timezone.now())}
