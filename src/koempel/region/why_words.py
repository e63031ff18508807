"""Answers on why and why not, in at most three Dutch sentences."""

from koempel.region.dutch import count, day, joined
from koempel.region.names import Names
from koempel.region.outcome import LeverUse, Obstacle
from koempel.region.why import Gain, PairAnswer, PersonAnswer, Verdict
from koempel.region.words import given_lever, lever_title, obstacle_in_words, obstacle_title


def pair_in_words(answer: PairAnswer, names: Names) -> tuple[str, ...]:
    """Why a person can or cannot take a job."""
    who = f"{answer.person} kan {names.job(answer.job)}"
    if answer.verdict is Verdict.TODAY:
        return (f"{who} vandaag bereiken, zonder hefboom.", *_start(answer))
    if answer.verdict is Verdict.WITH_LEVERS:
        return (
            f"{who} bereiken met {_bundle(answer.bundles[0])}.",
            _between(answer.obstacles),
            *(_other_bundles(answer) or _start(answer)),
        )
    ties = answer.ties or answer.obstacles
    return (f"{who} nu niet bereiken.", obstacle_in_words(ties[0]), _rest(answer, ties))


def person_in_words(answer: PersonAnswer) -> tuple[str, ...]:
    """What is within a person's reach, what levers add, and what holds back most."""
    return tuple(filter(None, (_within_reach(answer), _gains(answer.gains), _lift(answer))))


def _within_reach(answer: PersonAnswer) -> str:
    if not answer.with_levers:
        return f"{answer.person} bereikt nu geen enkele job, ook niet met hefbomen."
    today = count(answer.today, "job", "jobs") if answer.today else "geen enkele job"
    if answer.with_levers == answer.today:
        return f"{answer.person} bereikt vandaag {today}; hefbomen voegen daar niets aan toe."
    return (
        f"{answer.person} bereikt vandaag {today}, "
        f"en met hefbomen {count(answer.with_levers, 'job', 'jobs')}."
    )


def _gains(gains: tuple[Gain, ...]) -> str:
    if not gains:
        return ""
    best = sorted(gains, key=lambda gain: (-gain.jobs, len(gain.kinds)))[:2]
    parts = [f"met {joined(map(lever_title, gain.kinds))} {_more(gain.jobs)}" for gain in best]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _more(jobs: int) -> str:
    return f"{'komt' if jobs == 1 else 'komen'} er {count(jobs, 'job', 'jobs')} bij"


def _lift(answer: PersonAnswer) -> str:
    if answer.lift is None:
        return ""
    opened = f"{'gaat' if answer.lift_jobs == 1 else 'gaan'} er nog"
    why = obstacle_in_words(answer.lift).rstrip(".")
    return f"{why}: zonder die drempel {opened} {count(answer.lift_jobs, 'job', 'jobs')} open."


def _between(obstacles: tuple[Obstacle, ...]) -> str:
    if len(obstacles) == 1:
        return obstacle_in_words(obstacles[0])
    return f"Wat er nu tussen staat: {_titles(obstacles)}."


def _titles(obstacles: tuple[Obstacle, ...]) -> str:
    return joined(obstacle_title(each.kind) for each in obstacles)


def _other_bundles(answer: PairAnswer) -> tuple[str, ...]:
    if len(answer.bundles) == 1:
        return ()
    others = " of met ".join(_bundle(bundle) for bundle in answer.bundles[1:])
    return (f"Het kan ook met {others}.",)


def _bundle(levers: tuple[LeverUse, ...]) -> str:
    return joined(given_lever(lever) for lever in levers)


def _start(answer: PairAnswer) -> tuple[str, ...]:
    return (f"Starten kan op {day(answer.start_on)}.",) if answer.start_on else ()


def _rest(answer: PairAnswer, ties: tuple[Obstacle, ...]) -> str:
    tied = {each.kind for each in ties}
    liftable = tuple(each for each in answer.obstacles if each.kind not in tied)
    also = f"Ook dit houdt tegen: {_titles(ties[1:])}" if ties[1:] else ""
    if not liftable:
        return f"{also}." if also else "Geen hefboom van vandaag neemt dat weg."
    helps = f"een hefboom helpt alleen bij: {_titles(liftable)}."
    return f"{also}; {helps}" if also else helps[0].upper() + helps[1:]
