"""Objects behind the addresses of toeleiding."""

from django.utils import timezone

from desk.accounts.examples import organisation_of
from desk.examples import OF_NOBODY, OF_PERSON, example
from desk.factories.jobs import VacancyFactory
from desk.factories.people import case_number
from desk.factories.referrals import ReferralFactory
from desk.people.examples import person_of
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.referrals.links import make_answer_link, make_choice_link


def referral_of(asker, stand, **facts):
    """To a vacancy of the asker's organisation when the person is of it, too."""
    vacancy = VacancyFactory(employer=organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER))
    number = person_of(asker, stand).pk
    return ReferralFactory(case_number=number, vacancy=vacancy, made_by=asker, **facts)


@example("referrals:file", "referrals:undo", "referrals:link", stands=OF_PERSON)
def referral(asker, stand):
    return {"pk": referral_of(asker, stand).pk}


@example("referrals:step", stands=OF_PERSON)
def step(asker, stand):
    return {"pk": referral_of(asker, stand).pk, "step": "invite"}


def answer_link(asker, stand):
    return make_answer_link(referral_of(asker, stand).pk, by=asker, at=timezone.now())


@example("referral-answer", stands=OF_NOBODY)
def link(asker, stand):
    with acting(system("proef")):
        return {"token": answer_link(asker, stand)}


@example("referral-answer-step", stands=OF_NOBODY)
def answer(asker, stand):
    with acting(system("proef")):
        return {"token": answer_link(asker, stand), "step": "invite"}


def offer(asker, stand):
    return {"pk": referral_of(asker, stand).pk, "step": "offer"}


@example("referral-slots", stands=OF_NOBODY)
def choice(asker, stand):
    with acting(system("proef")):
        offered = referral_of(asker, stand, offered=True)
        return {"token": make_choice_link(offered.pk, by=asker, at=timezone.now())}


@example("referrals:seats", stands=OF_PERSON)
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}


@example("referrals:talk", stands=OF_PERSON)
def talk(asker, stand):
    return {"pk": referral_of(asker, stand, invited=True).pk}


@example("referrals:candidates", "referrals:next")
def seat(asker, stand):
    employer = organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER)
    return {"number": VacancyFactory(employer=employer).number}


@example("referrals:refusal-rows", stands=OF_NOBODY)
def reason(asker, stand):
    """Five people whom the same reason kept out of the same vacancy."""
    vacancy = VacancyFactory()
    for place in range(5):
        ReferralFactory(declined=True, case_number=case_number(place), vacancy=vacancy)
    return {"reason": "NO_TRANSPORT"}
