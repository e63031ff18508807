"""Twelve people do different things at once with one person; prints what came of it.

A program and no test, as `desk.transitions.at_once`. More than one may win here, one after the
other; what each of them touched must add up, and nobody may wait for the other in a ring.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from desk.transitions.at_once import NOW, SOON, TODAY, Town, main, run, steps_of, working

# isort: split
from desk.factories.jobs import VacancyFactory
from desk.factories.placements import FollowUpFactory, PlacementFactory
from desk.factories.planning import PlanRunFactory
from desk.factories.referrals import TalkSlotFactory
from desk.levers import race
from desk.planning import accepting
from desk.planning.world import as_guide, open_now
from desk.transitions.agreed import signed, written
from koempel.desk.levers.ledger import parts_out_of_balance
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.actions import set_next_step
from koempel.desk.people.models import Person
from koempel.desk.placements import actions as work
from koempel.desk.placements.enums import Answer, EndReason
from koempel.desk.placements.enums import Party as Side
from koempel.desk.placements.links import make_follow_up_link
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.placements.rules import End
from koempel.desk.planning.actions import accept_proposal, withdraw_proposal
from koempel.desk.planning.models import Proposal
from koempel.desk.planning.rules import Words as Motive
from koempel.desk.referrals import actions as referrals
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.models import Referral, ReferralEvent
from koempel.desk.referrals.rules import Words
from koempel.desk.transitions import actions as rounds
from koempel.desk.transitions.enums import STEPS, PauseReason
from koempel.desk.transitions.enums import Reason as Why
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.rules import NOTHING, Pause, Told

Act = Callable[[], object]
GONE = Words(reason=Reason.OTHER_JOB)


def in_turn(*acts: Act) -> Counter[str]:
    """Let the threads do one of these each; gives what is neither won nor refused."""
    found = run(lambda thread: acts[thread % len(acts)]())
    return Counter({what: n for what, n in found.items() if what not in ("won", "refused")})


def answer_or_withdraw(town: Town) -> Counter[str]:
    """The employer says no by the link while the guide withdraws."""
    key, filled = town.referral().pk, Words(reason=Reason.FILLED)
    found = run(
        lambda thread: (
            referrals.answer_by_link(key, "decline", filled, name="Bas", at=NOW)
            if thread % 2
            else referrals.take_step(key, "withdraw", GONE, by=town.guide, at=NOW)
        )
    )
    return found + Counter(steps=steps_of(key))


def same_hour_for_two(town: Town) -> Counter[str]:
    """Everybody chooses the one hour that was offered to all of them."""
    vacancy = town.vacancy(seats=12)
    rows = [
        town.referral(number, vacancy=vacancy, state="OFFERED", talk_place="Schachtstraat 1")
        for number in range(race.THREADS)
    ]
    for row in rows:
        TalkSlotFactory(referral=row, at=SOON)
    found = run(lambda thread: referrals.choose_by_link(rows[thread].pk, SOON, at=NOW))
    return found + Counter(invited=Referral.objects.filter(vacancy=vacancy, talk_at=SOON).count())


def withdraw_all_or_write(town: Town) -> Counter[str]:
    """One withdraws several people together while others write in their cases."""
    people = sorted(town.people[:6], key=lambda each: each.pk)
    keys = [town.referral(town.people.index(each)).pk for each in people]

    def withdraw() -> None:
        with as_guide(town.guide):
            referrals.withdraw_many(keys, GONE, by=town.guide, at=NOW)

    odd = in_turn(withdraw, *(write_about(each, town) for each in people[1:]))
    return odd + Counter(steps=ReferralEvent.objects.filter(referral__in=keys).count())


def refer_all_or_write(town: Town) -> Counter[str]:
    """One refers several people together while others write in their cases."""
    people = sorted(town.people[:6], key=lambda each: each.pk)
    vacancy = town.vacancy()

    def refer() -> None:
        numbers = [each.pk for each in people]
        with as_guide(town.guide):
            referrals.refer(vacancy, numbers, message="", by=town.guide, at=NOW)

    odd = in_turn(refer, *(write_about(each, town) for each in people[1:]))
    return odd + Counter(referred=Referral.objects.filter(vacancy=vacancy).count())


def write_about(person: Person, town: Town) -> Act:
    """Write a next step in somebody's case."""
    due = TODAY + timedelta(days=7)

    def act() -> None:
        with as_guide(town.guide):
            set_next_step(person, what="Bellen", due=due, by=town.guide, at=NOW)

    return act


def hire_or_give_the_bike_back(town: Town) -> Counter[str]:
    """The enterprise hires while the guide ends the proposal, with the bike that it held."""
    vacancy, run_ = town.vacancy(seats=1), PlanRunFactory()
    part = race.new_part(town.guide.organisation, town.guide, stock=1)
    (proposal,) = accepting.proposals(run_, town.people[:1], vacancy, part)
    accept_proposal(proposal, Motive("FITS"), by=town.guide, at=NOW)
    key = town.referral(vacancy=vacancy, state="INTERVIEWED", talk_at=NOW).pk
    hired, ended = Words(starts_on=TODAY), Motive("OTHER_JOB", "Iets anders.")
    odd = in_turn(
        lambda: referrals.take_step(key, "hire", hired, by=town.boss, at=NOW),
        lambda: withdraw_proposal(proposal, ended, by=town.guide, at=NOW),
    )
    vacancy.refresh_from_db()
    part.refresh_from_db()
    is_done = Proposal.objects.get(pk=proposal).state == "DONE"
    bikes = LeverBooking.objects.filter(parts=part, state="HELD").count()
    return odd + Counter(
        taken=vacancy.taken,
        at_work=Placement.objects.filter(vacancy=vacancy).count(),
        bike_of_nobody=int((bikes == 1) is not is_done or part.held != bikes),
        books=len(parts_out_of_balance()),
    )


def ask_or_answer(town: Town) -> Counter[str]:
    """Guides make a link to ask whether work goes on, while it is answered that it does not."""
    placement = working(town)
    asked = FollowUpFactory(placement=placement)
    told = work.Told(Answer.NO, Side.PERSON, end=End(TODAY, EndReason.TRANSPORT))

    def answer() -> None:
        with as_guide(town.guide):
            work.answer_follow_up(asked.pk, told, teller=work.Teller(town.guide), at=NOW)

    def ask() -> None:
        with as_guide(town.guide):
            make_follow_up_link(asked.pk, Side.EMPLOYER, by=town.guide, at=NOW)

    odd = in_turn(answer, ask)
    said = FollowUp.objects.filter(placement=placement).exclude(answer="").count()
    ended = Placement.objects.filter(pk=placement.pk, state="ENDED").count()
    return odd + Counter(said=said, ended=ended)


def hired_and_taken_back(town: Town) -> Counter[str]:
    """The enterprise takes the hire back while the guide writes down that the work ended."""
    vacancy = town.vacancy(seats=1)
    key = town.referral(vacancy=vacancy, state="INTERVIEWED", talk_at=NOW).pk
    referrals.take_step(key, "hire", Words(starts_on=TODAY), by=town.boss, at=NOW)
    placement = Placement.objects.get(vacancy=vacancy).pk
    end = End(TODAY, EndReason.TRANSPORT)
    found = run(
        lambda thread: (
            referrals.take_back(key, by=town.boss, at=NOW)
            if thread % 2
            else work.end_placement(placement, end, teller=work.Teller(town.guide), at=NOW)
        )
    )
    vacancy.refresh_from_db()
    is_back = Referral.objects.get(pk=key).state == "INTERVIEWED"
    ended = Placement.objects.filter(vacancy=vacancy, state="ENDED").count()
    return found + Counter(does_not_add_up=int((vacancy.taken, ended) != (0, 0) if is_back else
                                               (vacancy.taken, ended) != (1, 1)))  # fmt: skip


def begin_suspend_or_return(town: Town) -> Counter[str]:
    """The internship begins while others suspend, stop, or say that the person left."""
    row = town.round(matching=True)
    written(row, by=town.guide, at=NOW)
    signed(row, by=town.guide, at=NOW)
    pause = Told(pause=Pause(PauseReason.LEAVE, TODAY, TODAY + timedelta(days=20)))
    told = {
        "intern": NOTHING,
        "suspend": pause,
        "return": Told(reason=Why.HOST_STOPPED),
        "stop": Told(reason=Why.NO_PLACE),
        "leave": Told(reason=Why.MOVED),
        "resume": NOTHING,
    }
    odd = in_turn(*(
        lambda step=step, each=each: rounds.take_step(row.pk, step, each, by=town.guide, at=NOW)
        for step, each in told.items()
    ))  # fmt: skip
    row.refresh_from_db()
    return odd + Counter(
        ended=int(row.due_on is None),
        next_rounds_too_many=int(Transition.objects.filter(follows=row).count() > 1),
        against_the_table=against_the_table(row),
    )


def return_or_end(town: Town) -> Counter[str]:
    """Somebody returns to the enterprise while it is told that the regular work ended."""
    social, regular = town.vacancy(seats=1), VacancyFactory(seats=1, **open_now())
    row = town.round(interning=True, vacancy=social)
    PlacementFactory(case_number=row.case_number, vacancy=social, started_on=row.since)
    told = Told(day=TODAY, vacancy=regular.pk)
    rounds.take_step(row.pk, "contract", told, by=town.guide, at=NOW)
    placement = Placement.objects.get(vacancy=regular).pk
    end, back = End(TODAY, EndReason.TRANSPORT), Told(reason=Why.HOST_STOPPED)
    odd = in_turn(
        lambda: rounds.take_step(row.pk, "return", back, by=town.guide, at=NOW),
        lambda: work.end_placement(placement, end, teller=work.Teller(town.guide), at=NOW),
    )
    rows = Placement.objects.filter(case_number=row.case_number)
    return odd + Counter(
        works_again=rows.filter(vacancy=social, state="WORKING").count(),
        works_there_still=rows.filter(vacancy=regular, state="WORKING").count(),
        at_work=Person.objects.filter(pk=row.case_number, status="PLACED").count(),
        against_the_table=against_the_table(Transition.objects.get(pk=row.pk)),
    )


def against_the_table(row: Transition) -> int:
    """How many steps of a round began elsewhere than where the one before ended."""
    return sum(_odd(row.events.order_by("pk")))


def _odd(events: Iterable[object]) -> Sequence[bool]:
    last, found = "", []
    for event in events:
        step, state = STEPS.get(event.step), event.before.get("state")
        if step is None:
            continue
        found.append(state not in step.starts or (bool(last) and state != last))
        last = event.to_state
    return found


RACES = (
    answer_or_withdraw, same_hour_for_two, withdraw_all_or_write, refer_all_or_write,
    hire_or_give_the_bike_back, ask_or_answer, hired_and_taken_back, begin_suspend_or_return,
    return_or_end,
)  # fmt: skip


if __name__ == "__main__":
    main(RACES, int(sys.argv[1]))
