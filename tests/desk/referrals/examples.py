"""Objects behind the addresses of toeleiding."""

from desk.accounts.examples import organisation_of
from desk.examples import OF_PERSON, example
from desk.factories.jobs import VacancyFactory
from desk.factories.referrals import ReferralFactory
from desk.people.examples import person_of
from koempel.desk.accounts.models import OrganisationKind


def referral_of(asker, stand):
    """To a vacancy of the asker's organisation when the person is of it, too."""
    vacancy = VacancyFactory(employer=organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER))
    return ReferralFactory(case_number=person_of(asker, stand).pk, vacancy=vacancy, made_by=asker)


@example("referrals:file", "referrals:undo", stands=OF_PERSON)
def referral(asker, stand):
    return {"pk": referral_of(asker, stand).pk}


@example("referrals:step", stands=OF_PERSON)
def step(asker, stand):
    return {"pk": referral_of(asker, stand).pk, "step": "invite"}


@example("referrals:seats", stands=OF_PERSON)
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}


@example("referrals:candidates")
def seat(asker, stand):
    employer = organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER)
    return {"number": VacancyFactory(employer=employer).number}
