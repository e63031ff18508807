"""What the pages say of a proposal: names from the tables, sentences from the planner's words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.models import Lever
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import Decision
from koempel.desk.web.pages.values import Event, Status, Tone
from koempel.region import dutch
from koempel.region.names import Names
from koempel.region.outcome import LeverUse, Proposal, TravelMode
from koempel.region.reason_words import proposal_in_words, warnings_in_words
from koempel.region.vocabulary import LEVERS, MODES, WISHES, Kind
from koempel.region.words import part_in_words

STATES: dict[ProposalState, Status] = {
    ProposalState.OPEN: Status("Wacht op een beslissing", Tone.NEEDS_YOU),
    ProposalState.ACCEPTED: Status("Aanvaard", Tone.GOOD),
    ProposalState.CHANGED: Status("Aangepast"),
    ProposalState.REFUSED: Status("Geweigerd", Tone.BAD),
    ProposalState.WITHDRAWN: Status("Ingetrokken", Tone.BAD),
    ProposalState.REPLACED: Status("Vervangen door een nieuw plan"),
    ProposalState.DEAD: Status("Vervallen"),
    ProposalState.DONE: Status("Aan het werk", Tone.GOOD),
}
DEAD = Status("Gegevens veranderd", Tone.BAD)
_TONE_OF_VERDICT = {"ACCEPT": Tone.GOOD, "REFUSE": Tone.BAD, "WITHDRAW": Tone.BAD}


@dataclass(frozen=True, slots=True)
class LeverLine:
    """One lever of a proposal, with how fresh its stock is."""

    kind: Kind
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class WayLine:
    """Another way, as a line of a table."""

    job: str
    title: str
    about: str
    needs: str
    difference: str


def lever_lines(content: Proposal) -> list[LeverLine]:
    """The levers of a proposal."""
    keys = [int(each.lever[2:]) for each in content.levers]
    confirmed = dict(Lever.objects.filter(pk__in=keys).values_list("pk", "confirmed_on"))
    return [
        LeverLine(
            LEVERS[each.kind].kind,
            each.name,
            " · ".join(_about_lever(each, confirmed.get(key))),
        )
        for each, key in zip(content.levers, keys, strict=True)
    ]


def _about_lever(lever: LeverUse, confirmed: date | None) -> Iterator[str]:
    if lever.part:
        yield part_in_words(lever.part)
    yield f"{LEVERS[lever.kind].ready} {dutch.day(lever.ready_on)}"
    if confirmed:
        yield f"voorraad bevestigd op {dutch.day(confirmed)}"


def why(content: Proposal, names: Names) -> list[str]:
    """Why this proposal, for who guides."""
    return list(proposal_in_words(content, names))


def watch(content: Proposal) -> list[str]:
    """What to watch."""
    return list(warnings_in_words(content.warnings))


def about_job(vacancy: Vacancy) -> str:
    """Where, how many hours, and which."""
    hours = dutch.number(float(vacancy.hours_per_week), 1).removesuffix(",0")
    return f"{vacancy.establishment.village.name} · {hours} uur per week"


def way_lines(
    ways: Iterable[Proposal], best: Proposal | None, names: Names, places: dict[str, str]
) -> list[WayLine]:
    """Other ways as lines, each with what is less about it.

    Parameters
    ----------
    best : Proposal, optional
        What they are held against.
    places : dict
        Village of each job.
    """
    return [
        WayLine(
            job=each.job,
            title=names.job(each.job),
            about=places.get(each.job, ""),
            needs=_needs(each),
            difference=_difference(each, best),
        )
        for each in ways
    ]


def _needs(way: Proposal) -> str:
    if not way.levers:
        return "Geen hefboom nodig."
    return dutch.sentence(dutch.joined(LEVERS[each.kind].kind.title for each in way.levers))


def _difference(way: Proposal, best: Proposal | None) -> str:
    said = [f"{way.trip.out_min} minuten {MODES[TravelMode(way.trip.mode)]}", WISHES[way.wish]]
    if best is not None and way.start_on > best.start_on:
        said.append(f"start pas op {dutch.day(way.start_on)}")
    return dutch.sentence(", ".join(said))


def decision_events(decisions: Sequence[Decision]) -> list[Event]:
    """Decisions as lines of a timeline."""
    return [
        Event(
            timezone.localdate(each.at),
            f"{dutch.capital(each.get_verdict_display())}: {each.proposal.vacancy.title}",
            text=_said(each),
            tone=_TONE_OF_VERDICT.get(each.verdict, Tone.QUIET),
        )
        for each in decisions
    ]


def _said(decision: Decision) -> str:
    parts = [f"Door {decision.by.name}."]
    if decision.reason:
        parts.append(f"{decision.get_reason_display()}.")
    if decision.motivation:
        parts.append(f"«{decision.motivation}»")
    if decision.disagrees:
        parts.append(f"De persoon denkt er anders over: «{decision.disagrees}»")
    return " ".join(parts)


def due(decide_by: date, today: date) -> Status:
    """By when to decide, in words."""
    days = (decide_by - today).days
    if days < 0:
        return Status(f"{dutch.count(-days, 'dag', 'dagen')} te laat", Tone.BAD)
    if days == 0:
        return Status("Vandaag", Tone.NEEDS_YOU)
    return Status(f"Nog {dutch.count(days, 'dag', 'dagen')}", Tone.QUIET)
