"""Why the plan proposes what it proposes, and what would help the others, in Dutch sentences."""

from collections.abc import Iterable

from koempel.region.dutch import capital, count, joined, number, sentence
from koempel.region.names import Names
from koempel.region.outcome import Alternative, Help, HelpKind, LeftOut, Proposal
from koempel.region.vocabulary import WARNINGS, WISHES
from koempel.region.words import (
    given_lever,
    lever_title,
    obstacle_in_brief,
    obstacle_in_words,
    scarce_in_words,
)


def proposal_in_words(proposal: Proposal, names: Names) -> tuple[str, ...]:
    """Why this job, in at most three sentences.

    What stood in the way and what removes it; why this job among those possible; and the next
    best way or the scarce thing that decided.
    """
    return tuple(filter(None, (_way(proposal), _choice(proposal), _rival(proposal, names))))


def _way(proposal: Proposal) -> str:
    if not proposal.levers:
        return "Deze job kan zonder hefboom."
    levers = joined(map(given_lever, proposal.levers))
    if not proposal.obstacles:
        return f"Nodig: {levers}."
    verb = "nemen" if len(proposal.levers) > 1 else "neemt"
    obstacles = joined(dict.fromkeys(map(obstacle_in_brief, proposal.obstacles)))
    return sentence(f"{levers} {verb} de drempel weg: {obstacles}")


def _choice(proposal: Proposal) -> str:
    wish = WISHES[proposal.wish]
    today, levers = proposal.jobs_today, proposal.jobs_with_levers
    if max(today, levers) <= 1:
        return f"Dit is de enige job die mogelijk is, en {wish}."
    if levers > today:
        possible = count(levers, "job", "jobs")
        return f"Met hefbomen zijn er {possible} mogelijk, zonder {number(today)}; dit is {wish}."
    return f"Er zijn {count(today, 'job', 'jobs')} mogelijk; dit is {wish}."


def _rival(proposal: Proposal, names: Names) -> str:
    scarce = _shortage(proposal, names)
    if not proposal.alternatives:
        return sentence(scarce) if scarce else ""
    best = alternative_in_words(proposal.alternatives[0], names).rstrip(".")
    return f"{best}; {scarce}." if scarce else f"{best}."


def _shortage(proposal: Proposal, names: Names) -> str:
    if not proposal.decided_by:
        return ""
    thing = proposal.decided_by[0]
    if thing == proposal.job:
        return "voor deze plaats zijn er meer kandidaten"
    return f"schaars is hier een {scarce_in_words(names.scarce(thing))}"


def alternative_in_words(alternative: Alternative, names: Names) -> str:
    """Another way for the same person, and what it lacks, in one sentence."""
    levers = joined(map(lever_title, alternative.levers)) if alternative.levers else ""
    job = names.job(alternative.job) + (f" met {levers}" if levers else "")
    full = _full(alternative, names)
    if alternative.short_of < 0 and full:
        return sentence(f"nog beter past {job}, {full}")
    return sentence(f"ook {job} past, {_how_well(alternative)}{', ' if full else ''}{full}")


_ALMOST = 0.05
"""A way that misses less than this share of the worth is told as almost as good."""


def _how_well(alternative: Alternative) -> str:
    """What a way is worth beside the one that was chosen: the points mean nothing to a reader."""
    if alternative.short_of <= 0:
        return "zelfs beter" if alternative.short_of else "even goed"
    chosen = alternative.worth + alternative.short_of
    return "bijna even goed" if alternative.short_of < _ALMOST * chosen else "minder goed"


def _full(alternative: Alternative, names: Names) -> str:
    if not alternative.scarce:
        return ""
    thing = alternative.scarce[0]
    if thing == alternative.job:
        return "maar daar is geen plaats meer"
    return f"maar er is geen {scarce_in_words(names.scarce(thing))} meer"


def help_in_words(help: Help, names: Names) -> str:
    """The smallest change that would help somebody, in one or two sentences."""
    if help.kind is HelpKind.NOTHING_NEAR:
        return "Er is geen enkele verandering die alleen een job opent."
    if help.kind is HelpKind.MORE_OF:
        return _more_of(help, names)
    if help.obstacle is None:
        return f"Zonder één drempel {_opened(help, names)}."
    return f"{obstacle_in_words(help.obstacle)} Zonder die drempel {_opened(help, names)}."


def _more_of(help: Help, names: Names) -> str:
    job = f"één plaats als {names.job(help.example_job)}"
    if help.scarce == (help.example_job,):
        return f"Met {job} erbij lukt het."
    levers = [
        scarce_in_words(names.scarce(each)) for each in help.scarce if each != help.example_job
    ]
    things = [f"één {each}" for each in levers]
    things += ["één plaats in de job"] if help.example_job in help.scarce else []
    return f"Met {joined(things)} erbij {_opened(help, names)}."


def _opened(help: Help, names: Names) -> str:
    opened = f"{'gaat' if help.jobs == 1 else 'gaan'} {count(help.jobs, 'job', 'jobs')} open"
    link = ":" if help.jobs == 1 else ", zoals"
    return f"{opened}{link} {names.job(help.example_job)}" if help.example_job else opened


def left_out_in_words(left_out: LeftOut, names: Names) -> tuple[str, ...]:
    """Why there is no proposal, and the smallest change that would help: at most three."""
    return (_no_seat(left_out), help_in_words(left_out.help, names))


def _no_seat(left_out: LeftOut) -> str:
    if left_out.jobs_with_levers == left_out.jobs_today == 0:
        return "Geen enkele job is bereikbaar, ook niet met hefbomen."
    if left_out.jobs_today:
        return f"{_reachable(left_out.jobs_today)}, maar de plaatsen gaan naar anderen."
    return (
        f"{_reachable(left_out.jobs_with_levers)} met hefbomen, "
        "maar de hefbomen of de plaatsen zijn op."
    )


def _reachable(jobs: int) -> str:
    return f"{capital(count(jobs, 'job', 'jobs'))} {'is' if jobs == 1 else 'zijn'} bereikbaar"


def warnings_in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """What to watch with a proposal, one sentence per code."""
    return tuple(WARNINGS[code] for code in codes)
