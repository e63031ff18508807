"""Long random sequences of plans, decisions and changed facts.

First with the rules alone, ten thousand of them, beside a plain account of what people decided;
then some with the tables, the planner and the ledger.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from desk.factories.accounts import NOON
from desk.factories.jobs import TODAY, VacancyFactory
from desk.planning.world import as_guide, far_vacancy, make_bikes, plan, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.ledger import NothingFreeError, parts_out_of_balance
from koempel.desk.levers.models import LeverPart
from koempel.desk.people.models import Person
from koempel.desk.planning import actions
from koempel.desk.planning.choices import ways_now
from koempel.desk.planning.enums import BARS, REASONS, STANDING, ProposalState, Verdict
from koempel.desk.planning.errors import PlanningError
from koempel.desk.planning.models import Decision, Proposal
from koempel.desk.planning.queries import alive_of
from koempel.desk.planning.rules import Standing, Words, check_alive, check_decides, renew
from koempel.region.outcome import DayTrip, TravelMode
from koempel.region.outcome import Proposal as Facts

SEQUENCES = 10_000
STEPS = 14
PEOPLE = ("An", "Bart", "Chris")
JOBS = ("inpakker", "plukker", "chauffeur")
TRIP = DayTrip(TravelMode.BIKE, (), 10, 10, 30, None)


def proposal(person: str, job: str) -> Facts:
    return Facts(
        person=person, job=job, start_on=TODAY + timedelta(days=14), obstacles=(), levers=(),
        trip=TRIP, worth=1, fit_percent=1, wish="exact", jobs_today=1, jobs_with_levers=1,
        takes=((job, 1),), decided_by=(), alternatives=(),
    )  # fmt: skip


@dataclass
class Row:
    person: str
    job: str
    state: ProposalState
    facts: int
    decided_by: list[tuple[Verdict, str]] = field(default_factory=list)


class Desk:
    """A desk in memory that lets the rules decide, and an account of what must hold."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: list[Row] = []
        self.facts = dict.fromkeys(PEOPLE, 0)
        self.against: set[tuple[str, str]] = set()
        self.agreed: dict[str, str] = {}
        self.today = TODAY

    def standing(self) -> dict[str, Row]:
        found = [row for row in self.rows if row.state in STANDING]
        assert len({row.person for row in found}) == len(found)
        return {row.person: row for row in found}

    def plan(self) -> None:
        before = dict(self.agreed)
        waiting = {
            row.person: Standing(key, row.job, ((row.job, 1),))
            for key, row in enumerate(self.rows)
            if row.state == ProposalState.OPEN
        }
        settled = {row.person for row in self.rows if row.state == ProposalState.ACCEPTED}
        barred = {(r.person, r.job) for r in self.rows if r.state in BARS} & self.against
        # A careless planner: it may propose anything to anybody.
        wild = [proposal(p, self.random.choice(JOBS)) for p in PEOPLE if self.random.random() < 0.8]
        renewal = renew(waiting, wild, settled=settled, barred=barred)
        for key in renewal.replaced:
            self.rows[key].state = ProposalState.REPLACED
        for key, _ in renewal.kept:
            self.rows[key].facts = self.facts[self.rows[key].person]
        for each in renewal.new:
            facts = self.facts[each.person]
            self.rows.append(Row(each.person, each.job, ProposalState.OPEN, facts))
        assert self.agreed == before

    def decide(self) -> None:
        if not self.rows:
            return
        row = self.random.choice(self.rows)
        verdict = self.random.choice([v for v in Verdict if v is not Verdict.ALLOW])
        role = self.random.choice(["CASEWORKER", "SOCIAL_WORKER", "DIRECTOR", "EMPLOYER"])
        reasons = REASONS[verdict] or (None,)
        words = Words(self.random.choice(reasons), self.random.choice(["", "Omdat."]))
        try:
            self._act(row, verdict, role, words)
        except PlanningError:
            return
        assert role in ("CASEWORKER", "SOCIAL_WORKER")

    def _act(self, row: Row, verdict: Verdict, role: str, words: Words) -> None:
        others = [each for each in self.rows if each is not row and each.person == row.person]
        after = check_decides(role, verdict, row.state, words, reason_of=verdict)
        if after is ProposalState.ACCEPTED:
            check_alive(
                fingerprint=str(row.facts),
                now=str(self.facts[row.person]),
                start_on=TODAY + timedelta(days=14),
                today=self.today,
            )
            assert row.facts == self.facts[row.person]
        if after is ProposalState.OPEN and any(each.state in STANDING for each in others):
            return
        row.state = after
        row.decided_by.append((verdict, role))
        self._account(row, after)

    def _account(self, row: Row, after: ProposalState) -> None:
        pair = (row.person, row.job)
        if after is ProposalState.ACCEPTED:
            self.agreed[row.person] = row.job
        elif self.agreed.get(row.person) == row.job:
            del self.agreed[row.person]
        if after in BARS:
            self.against.add(pair)
        elif after is ProposalState.OPEN:
            self.against.discard(pair)

    def hire(self) -> None:
        """What was accepted becomes work: nobody decides about it any more."""
        for person, row in self.standing().items():
            if row.state == ProposalState.ACCEPTED and self.random.random() < 0.5:
                row.state = ProposalState.DONE
                del self.agreed[person]

    def change_facts(self) -> None:
        self.facts[self.random.choice(PEOPLE)] += 1

    def wait(self) -> None:
        self.today += timedelta(days=self.random.randint(1, 9))

    def bury(self) -> None:
        for row in self.rows:
            if row.state == ProposalState.OPEN and row.facts != self.facts[row.person]:
                row.state = ProposalState.DEAD

    def check(self) -> None:
        standing = self.standing()
        accepted = {p: r.job for p, r in standing.items() if r.state == ProposalState.ACCEPTED}
        assert accepted == self.agreed
        waiting = {(r.person, r.job) for r in standing.values() if r.state == ProposalState.OPEN}
        assert not waiting & self.against
        for row in self.rows:
            if row.state in (ProposalState.ACCEPTED, ProposalState.DONE, *BARS):
                assert row.decided_by


def test_ten_thousand_sequences_of_rules_leave_every_decision_standing():
    reached: Counter[ProposalState] = Counter()
    for seed in range(SEQUENCES):
        random = Random(seed)
        desk = Desk(random)
        for _ in range(STEPS):
            step = random.choice((desk.plan, desk.plan, desk.decide, desk.decide, desk.decide,
                                  desk.change_facts, desk.bury, desk.wait, desk.hire))  # fmt: skip
            step()
            desk.check()
        reached.update(row.state for row in desk.rows)
    # Every state was reached, or the sequences would prove less than they say.
    assert set(reached) == set(ProposalState)


# ---- with the tables --------------------------------------------------------------------------

SOME = 8
SOME_STEPS = 10


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SOME))
def test_sequences_with_the_tables_leave_every_decision_standing(seed, guide):
    random = Random(seed)
    with acting(system("test")):
        for _ in range(3):
            seeker(guide, modes=random.choice([[], ["BIKE"]]))
        VacancyFactory(title="Inpakker", seats=1)
        far_vacancy(title="Plukker", seats=2)
        make_bikes(1)
    plan()
    for number in range(SOME_STEPS):
        step = random.choice((_replan, _decide, _decide, _decide, _change, _bury))
        step(random, guide, NOON + timedelta(minutes=4 * number))
        _check()


def _replan(random, guide, at):
    before = _accepted()
    plan(at=at)
    assert _accepted() == before


def _bury(random, guide, at):
    actions.bury_dead_proposals(TODAY, at=at)


def _change(random, guide, at):
    with acting(system("test")):
        case = random.choice(list(Person.objects.order_by("pk").values_list("pk", flat=True)))
        Person.objects.filter(pk=case).update(
            max_travel_min=random.choice([30, 40, 50]), changed_at=at
        )


def _decide(random, guide, at):
    with as_guide(guide):
        rows = list(Proposal.objects.order_by("pk"))
        if not rows:
            return
        row = random.choice(rows)
        was_alive = row.pk in alive_of([row], today=TODAY)
        how = random.choice((_accept, _accept, _refuse, _take_back, _withdraw, _other, _allow))
        try:
            how(row, guide, at, random)
        except (PlanningError, NothingFreeError):
            return
        if how is _accept:
            assert was_alive


def _accept(row, guide, at, random):
    actions.accept_proposal(row.pk, Words("FITS"), by=guide, at=at)


def _refuse(row, guide, at, random):
    actions.refuse_proposal(row.pk, Words("UNWANTED", "Nee."), by=guide, at=at)


def _take_back(row, guide, at, random):
    actions.take_back(row.pk, by=guide, at=at)


def _withdraw(row, guide, at, random):
    actions.withdraw_proposal(row.pk, Words("OTHER_JOB", "Iets anders."), by=guide, at=at)


def _allow(row, guide, at, random):
    actions.allow_again(row.pk, by=guide, at=at)


def _other(row, guide, at, random):
    found = ways_now(row.person_id, today=TODAY)
    if found is None or not found.ways:
        return
    way = random.choice(found.ways)
    words = Words("PREFERS", "Zelf gekozen.")
    actions.change_proposal(row.pk, way, words, by=guide, at=at)


def _accepted():
    with acting(system("test")):
        rows = Proposal.objects.filter(state="ACCEPTED").order_by("pk")
        return list(rows.values_list("person_id", "vacancy_id"))


def _check():
    with acting(system("test")):
        for row in Proposal.objects.filter(state="ACCEPTED"):
            last = Decision.objects.filter(proposal=row).first()
            assert (last.verdict, last.by.role) == ("ACCEPT", "CASEWORKER")
        against = set(
            Proposal.objects.filter(state__in=BARS, may_return=False).values_list(
                "person_id", "vacancy_id"
            )
        )
        waiting = Proposal.objects.filter(state="OPEN", changes__isnull=True)
        assert not against & set(waiting.values_list("person_id", "vacancy_id"))
        taken = Counter(vacancy for _, vacancy in _accepted())
        assert all(taken[row.pk] <= row.seats for row in Vacancy.objects.all())
        held = sum(bool(row.content.levers) for row in Proposal.objects.filter(state="ACCEPTED"))
        assert LeverPart.objects.get().held == held
    assert parts_out_of_balance() == []
