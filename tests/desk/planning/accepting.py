"""Fifty guides decide at once, on a database of their own; prints what came of it.

A program and no test, as `desk.levers.race`: `test_accepting.py` starts it on both databases.
"""

import json
import sys
from collections import Counter
from dataclasses import replace

from desk.levers import race  # first: it sets Django up, with room for all threads

# isort: split
from django.core.management import call_command
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.people import PersonFactory
from desk.factories.planning import PlanRunFactory, way
from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.ledger import parts_out_of_balance
from koempel.desk.levers.models import LeverPart
from koempel.desk.people.models import Person
from koempel.desk.planning.actions import accept_proposal, withdraw_proposal
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.errors import FullError
from koempel.desk.planning.facts import as_json
from koempel.desk.planning.lever_rows import name_in_plan
from koempel.desk.planning.models import PlanRun, Proposal
from koempel.desk.planning.queries import fingerprints_now
from koempel.desk.planning.rules import Words

BIKES = 10


def main(rounds: int) -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    guide = UserFactory(second_factor=False)
    with acting(system("tests")):
        people = [PersonFactory(caseworker=guide) for _ in range(race.THREADS)]
        run = PlanRunFactory()
    found = {"last seat": Counter[str](), "bikes in two ways": Counter[str]()}
    for _ in range(rounds):
        found["last seat"].update(last_seat(run, people, guide))
        found["bikes in two ways"].update(bikes_in_two_ways(run, people, guide))
    found["books"] = Counter(wrong=len(parts_out_of_balance()))
    sys.stdout.write(f"{json.dumps(found)}\n")


def last_seat(run: PlanRun, people: list[Person], guide: User) -> Counter[str]:
    """Everybody accepts the one seat for somebody else."""
    keys = proposals(run, people, VacancyFactory(seats=1))

    def act(thread: int) -> str:
        accept_proposal(keys[thread], Words("FITS"), by=guide, at=timezone.now())
        return "got it"

    return race.run(lambda thread: told(act, thread))


def bikes_in_two_ways(run: PlanRun, people: list[Person], guide: User) -> Counter[str]:
    """Some accept a proposal with a bike and end it again, others book the bike itself."""
    part = race.new_part(guide.organisation, guide, stock=BIKES)
    keys = proposals(run, people, VacancyFactory(seats=len(people)), part)

    def act(thread: int) -> str:
        if thread % 2:
            race.book(part, guide, key=f"{part.pk}/{thread}", at=timezone.now())
            return "moved"
        at = timezone.now()
        accept_proposal(keys[thread], Words("FITS"), by=guide, at=at)
        if thread % 4:
            words = Words("OTHER_JOB", "Iets anders.")
            withdraw_proposal(keys[thread], words, by=guide, at=at)
        return "moved"

    found = race.run(lambda thread: told(act, thread))
    part.refresh_from_db()
    return Counter({
        **{what: count for what, count in found.items() if what not in ("moved", "full")},
        "oversold": int(part.free < 0 or part.held > BIKES),
    })  # fmt: skip


def told(act, thread: int) -> str:
    try:
        return act(thread)
    except FullError:
        return "full"


def proposals(
    run: PlanRun, people: list[Person], vacancy: Vacancy, part: LeverPart | None = None
) -> list[int]:
    """An open proposal for each; those of the last race make room."""
    takes = ((f"{name_in_plan(part.lever_id)}/{part.code}", 1),) if part else ()
    today = timezone.localdate()
    with acting(system("tests")):
        Proposal.objects.update(state=ProposalState.REPLACED)
        ways = [replace(way(person, vacancy), takes=takes) for person in people]
        made = [
            Proposal.objects.create(
                run=run, person=person, vacancy=vacancy, state="OPEN",
                facts=as_json(each), fingerprint=now,
                made_at=timezone.now(), changed_at=timezone.now(), decide_by=today,
            )
            for person, each, now in zip(
                people, ways, fingerprints_now(ways, today=today), strict=True
            )
        ]  # fmt: skip
    return [each.pk for each in made]


if __name__ == "__main__":
    main(int(sys.argv[1]))
