"""Twelve people act at once on one referral, round or placement; prints what came of it.

A program and no test, as `desk.levers.race`: `test_at_once.py` starts it on both databases. Each
race has its own way to be lost; whoever loses is told so in words, and nobody sees a broken page.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

from desk.levers import race  # first: it sets Django up, with room for all threads

# isort: split
from django.core.management import call_command
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.factories.people import PersonFactory
from desk.factories.placements import FollowUpFactory, PlacementFactory
from desk.factories.referrals import ReferralFactory, TalkSlotFactory
from desk.factories.transitions import TransitionFactory
from desk.planning.world import as_guide, open_now, seeker
from desk.transitions.agreed import NAMES, terms_of, written
from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.placements import actions as work
from koempel.desk.placements.enums import Answer, EndReason
from koempel.desk.placements.enums import Party as Side
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.placements.rules import End
from koempel.desk.referrals import actions as referrals
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.models import Referral, ReferralEvent
from koempel.desk.referrals.rules import Words
from koempel.desk.transitions import actions as rounds
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.models import Signature, Transition, TransitionEvent
from koempel.desk.transitions.queries import agreement_of, text_digest
from koempel.desk.transitions.rules import Told
from koempel.desk.transitions.signing import sign, write_agreement
from koempel.errors import KoempelError

race.THREADS = 12
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SOON = NOW + timedelta(days=2)
TALK = Words(talk_at=SOON, talk_place="Schachtstraat 1")


def run(act: Callable[[int], object]) -> Counter[str]:
    """How many won, how many were refused in words, and whatever else there was."""

    def tried(thread: int) -> str:
        try:
            act(thread)
        except KoempelError:
            return "refused"
        return "won"

    return race.run(tried)


class Town:
    """A guide, somebody of a social enterprise, and people who look for work."""

    def __init__(self) -> None:
        self.guide = UserFactory(role=Role.CASEWORKER, second_factor=False)
        self.enterprise = EmployerFactory(social=True)
        self.boss = UserFactory(
            role=Role.SOCIAL_ENTERPRISE, organisation=self.enterprise, second_factor=False
        )
        self.people = [seeker(self.guide) for _ in range(race.THREADS)]

    def vacancy(self, **facts: object) -> Vacancy:
        return VacancyFactory(employer=self.enterprise, **open_now(), **facts)

    def referral(self, number: int = 0, **facts: object) -> Referral:
        vacancy = facts.pop("vacancy", None) or self.vacancy()
        return ReferralFactory(case_number=self.people[number].pk, vacancy=vacancy, **facts)

    def round(self, **facts: object) -> Transition:
        person = PersonFactory(caseworker=self.guide, status="PLACED")
        return TransitionFactory(case_number=person.pk, employer=self.enterprise, **facts)


def refer_one(town: Town) -> Counter[str]:
    """All refer one person to one vacancy."""
    vacancy = town.vacancy()

    def act(thread: int) -> None:
        with as_guide(town.guide):
            numbers = [town.people[0].pk]
            referrals.refer(vacancy, numbers, message="", by=town.guide, at=NOW)

    found = run(act)
    return found + Counter(rows=Referral.objects.filter(vacancy=vacancy).count())


def answer_one_link(town: Town) -> Counter[str]:
    """All invite by the link of one referral."""
    key = town.referral().pk
    found = run(lambda _: referrals.answer_by_link(key, "invite", TALK, name="Bas", at=NOW))
    return found + Counter(steps=steps_of(key))


def decline_or_withdraw(town: Town) -> Counter[str]:
    """The enterprise says no while the guide withdraws."""
    key = town.referral().pk
    sides = (
        ("decline", town.boss, Words(reason=Reason.SOMEBODY_ELSE)),
        ("withdraw", town.guide, Words(reason=Reason.UNWANTED)),
    )

    def act(thread: int) -> None:
        step, by, told = sides[thread % 2]
        referrals.take_step(key, step, told, by=by, at=NOW)

    return run(act) + Counter(steps=steps_of(key))


def choose_an_hour(town: Town) -> Counter[str]:
    """The person and the guide choose different hours of one offer."""
    row = town.referral(offered=True)
    row.slots.all().delete()
    slots = [SOON + timedelta(hours=hour) for hour in range(race.THREADS)]
    for each in slots:
        TalkSlotFactory(referral=row, at=each)
    found = run(lambda thread: referrals.choose_by_link(row.pk, slots[thread], at=NOW))
    return found + Counter(steps=steps_of(row.pk))


def hire_on_one_seat(town: Town) -> Counter[str]:
    """Everybody is hired on the one seat."""
    vacancy = town.vacancy(seats=1)
    rows = [
        town.referral(number, vacancy=vacancy, state="INTERVIEWED", talk_at=NOW)
        for number in range(race.THREADS)
    ]
    told = Words(starts_on=TODAY)
    found = run(lambda at: referrals.take_step(rows[at].pk, "hire", told, by=town.boss, at=NOW))
    return found + seats(vacancy)


def seats(vacancy: Vacancy) -> Counter[str]:
    """How many seats are taken, and how many work there."""
    vacancy.refresh_from_db()
    at_work = Placement.objects.filter(vacancy=vacancy).count()
    return Counter(taken=vacancy.taken, placements=at_work)


def sign_for_one_party(town: Town) -> Counter[str]:
    """All sign for the same party."""
    row = town.round(matching=True)
    read = text_digest(written(row, by=town.guide, at=NOW))
    found = run(lambda _: sign_for(row, Party.HOST, read, by=None))
    return found + Counter(signatures=Signature.objects.filter(agreement__transition=row).count())


def sign_while_it_changes(town: Town) -> Counter[str]:
    """Parties sign while the text is changed: no signature stands below a text never read."""
    row = town.round(matching=True)
    read = text_digest(written(row, by=town.guide, at=NOW))
    changed = terms_of(NOW, host=agreement_of(row.pk).host, goals="Met de heftruck rijden.")

    def act(thread: int) -> None:
        if thread % 3 == 0:
            write_agreement(row.pk, changed, by=town.guide, at=NOW)
        else:
            sign_for(row, list(Party)[thread % 4], read, by=None)

    found = run(act)
    now = text_digest(agreement_of(row.pk))
    valid = Signature.objects.filter(agreement__transition=row, voided_at__isnull=True)
    odd = Counter({what: count for what, count in found.items() if what not in ("won", "refused")})
    return odd + Counter(below_another_text=valid.exclude(digest=now).count())


def sign_for(row: Transition, party: Party, read: str, *, by: User | None) -> None:
    sign(row.pk, party, name=NAMES[party], read=read, by=by, at=NOW)


def match_one_round(town: Town) -> Counter[str]:
    """All say that the preparation is over."""
    key = town.round(preparing=True).pk
    found = run(lambda _: rounds.take_step(key, "match", by=town.guide, at=NOW))
    return found + Counter(steps=TransitionEvent.objects.filter(transition=key).count())


def contract_on_one_seat(town: Town) -> Counter[str]:
    """Everybody gets a contract on the one regular seat."""
    vacancy = VacancyFactory(seats=1, **open_now())
    rows = [town.round(interning=True) for _ in range(race.THREADS)]
    told = Told(day=TODAY, vacancy=vacancy.pk)
    found = run(lambda at: rounds.take_step(rows[at].pk, "contract", told, by=town.guide, at=NOW))
    return found + seats(vacancy)


def note_hours(town: Town) -> Counter[str]:
    """All note an hour of guidance: none is lost."""
    row = town.round(preparing=True)
    told = Told(hours=Decimal(1))
    found = run(lambda _: rounds.take_step(row.pk, "hours", told, by=town.guide, at=NOW))
    row.refresh_from_db()
    return found + Counter(hours=int(row.guided_hours))


def answer_one_question(town: Town) -> Counter[str]:
    """The employer and the person answer the same question after three months."""
    placement = working(town)
    asked = FollowUpFactory(placement=placement)
    sides = list(Side)

    def act(thread: int) -> None:
        told = work.Told(Answer.YES, sides[thread % len(sides)], goes_well=True)
        work.answer_follow_up(asked.pk, told, teller=work.Teller(None, "Bas"), at=NOW)

    found = run(act)
    verbs = AuditEvent.objects.filter(verb__startswith="placements.", objects_seen__isnull=False)
    about = [each for each in verbs if placement.case_number in each.objects_seen]
    said = FollowUp.objects.filter(placement=placement).exclude(answer="").count()
    return found + Counter(said=said, in_trail=len(about))


def end_once(town: Town) -> Counter[str]:
    """All write down that the same work ended."""
    placement = working(town)
    end = End(TODAY, EndReason.TRANSPORT)
    teller = work.Teller(town.guide)
    found = run(lambda _: work.end_placement(placement.pk, end, teller=teller, at=NOW))
    placement.refresh_from_db()
    return found + Counter(ended=int(placement.state == "ENDED"))


def working(town: Town) -> Placement:
    person = PersonFactory(caseworker=town.guide, status="PLACED")
    began = TODAY - timedelta(days=100)
    return PlacementFactory(case_number=person.pk, vacancy=town.vacancy(), started_on=began)


def steps_of(referral: int) -> int:
    return ReferralEvent.objects.filter(referral=referral).count()


RACES = (
    refer_one, answer_one_link, decline_or_withdraw, choose_an_hour, hire_on_one_seat,
    sign_for_one_party, sign_while_it_changes, match_one_round, contract_on_one_seat, note_hours,
    answer_one_question, end_once,
)  # fmt: skip


def main(races: Sequence[Callable[[Town], Counter[str]]], times: int) -> None:
    """Run each race so many times on a new database, and print what all came to."""
    call_command("migrate", verbosity=0, skip_checks=True)
    found = {each.__name__: Counter[str]() for each in races}
    for _ in range(times):
        with acting(system("tests")):
            town = Town()
            for each in races:
                found[each.__name__].update(each(town))
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main(RACES, int(sys.argv[1]))
