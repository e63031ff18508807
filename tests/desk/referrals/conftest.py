"""A guide with somebody who looks for work, a social enterprise with a seat. All invented."""

from dataclasses import dataclass

import pytest

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.planning.world import as_guide, open_now, seeker
from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.models import Person
from koempel.desk.referrals import actions
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.rules import NOTHING, Words


@dataclass
class Town:
    """Who is in it."""

    guide: User
    boss: User
    person: Person
    vacancy: Vacancy

    def refer(self, *people, at, vacancy=None, message=""):
        """Refer people whom the guide guides."""
        numbers = [each.case_number for each in people or (self.person,)]
        with as_guide(self.guide):
            return actions.refer(
                vacancy or self.vacancy, numbers, message=message, by=self.guide, at=at
            )

    def step(self, referral: Referral, key: str, words: Words = NOTHING, *, at, by=None):
        """Take a step, as the employer unless somebody else is said."""
        with acting(system("test")):
            return actions.take_step(referral.pk, key, words, by=by or self.boss, at=at)

    def back(self, referral: Referral, *, at, by=None):
        """Take the last step back."""
        with acting(system("test")):
            return actions.take_back(referral.pk, by=by or self.boss, at=at)


@pytest.fixture
def town(db) -> Town:
    with acting(system("test")):
        guide = UserFactory(role=Role.CASEWORKER, name="An Lampenman")
        employer = EmployerFactory(social=True, name="Maatwerk De Kooi")
        boss = UserFactory(role=Role.SOCIAL_ENTERPRISE, organisation=employer, name="Bas Ploeg")
        person = seeker(guide, first_name="Yara", last_name="Stutvinder")
        vacancy = VacancyFactory(employer=employer, title="Inpakker", **open_now())
    return Town(guide, boss, person, vacancy)
