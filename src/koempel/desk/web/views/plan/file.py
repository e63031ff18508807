"""The record of one plan: what it was made from, how good it is, what people did with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.planning.models import NIGHT, PlanRun
from koempel.desk.planning.oversight import RunDecisions, decisions_per_run, work_on
from koempel.desk.planning.queries import find_run, latest_run
from koempel.desk.planning.replays import can_be_made_again
from koempel.desk.planning.small_numbers import few, shown
from koempel.desk.planning.tasks import replay_run
from koempel.desk.web.pages.file import FilePage, Head
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Status, Tone
from koempel.desk.web.views.plan import words
from koempel.desk.web.views.plan.latest import fairness_section
from koempel.desk.work.models import Work
from koempel.region import dutch
from koempel.region.report.page import rules_of

DIGEST = 12
"""Signs of a digest that are enough to compare by eye."""


def the_run(pk: int) -> PlanRun:
    """A plan, or a 404."""
    run = find_run(pk)
    if run is None:
        raise Http404
    return run


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, and whether they seem to look."""

    reasons: Sequence[tuple[str, str]]
    signal: str


class RunPage(FilePage):
    """One plan, for who directs and who watches over the planner."""

    template = "web/plan/run.html"

    def subject(self, request: DeskRequest, **keys: Any) -> PlanRun:
        """The plan."""
        return the_run(keys["pk"])

    def head(self, request: DeskRequest, subject: PlanRun) -> Head:
        """Which plan, by whom, and whether it is the one in use."""
        last = latest_run()
        is_last = last is not None and last.pk == subject.pk
        status = (
            Status("in gebruik", Tone.GOOD) if is_last else Status("vervangen door een nieuwer")
        )
        return Head(
            f"Plan {subject.pk}",
            above=(
                Link("Plan", reverse("plan:latest")),
                Link("Register", reverse("plan:register")),
                Link(f"Plan {subject.pk}", ""),
            ),
            about=f"Van {dutch.day(subject.plan_date)}, gevraagd door {_asker(subject.asked_by)}",
            status=status,
            since=words.quality(subject),
        )

    def sections(self, request: DeskRequest, subject: PlanRun) -> Sequence[Section]:
        """How good, what to know first, decisions, inputs, parameters, and what it says."""
        today = timezone.localdate()
        decisions = decisions_per_run([subject], today=today)[subject.pk]
        warnings = words.warnings_of(subject)
        watch = [Section("Let op", template="web/plan/warnings.html", data=warnings)]
        return (
            *(watch if warnings else ()),
            Section("Hoe goed is dit plan?", _worth(subject)),
            _decided(decisions, is_signal=decisions.is_rubber_stamped(today)),
            Section("Waarvan is het gemaakt?", _inputs(subject)),
            fairness_section(subject),
            Section(
                "Met welke parameters?",
                template="web/plan/parameters.html",
                data=rules_of(subject.parameters),
            ),
        )

    def timeline(self, request: DeskRequest, subject: PlanRun) -> Sequence[Event]:
        """Asked, made, made again."""
        seconds = dutch.number(sum(subject.seconds.values()), 1)
        return [
            *(_replayed(work) for work in work_on(replay_run.name, subject.pk)),
            Event(subject.made_at, "Gemaakt", f"In {seconds} seconden rekenen.", Tone.GOOD),
            Event(subject.asked_at, "Gevraagd", f"Door {subject.asker}"),
        ]

    def more(self, request: DeskRequest, subject: PlanRun) -> dict[str, Any]:
        """Whether it can be made again."""
        url = open_address(request, "plan:replay", method="POST", keys={"pk": subject.pk})
        return {"replay_url": url, "can_replay": can_be_made_again(subject)}


def _asker(user: User | None) -> str:
    if user is None:
        return NIGHT
    return f"{user.name}, {user.get_role_display()} bij {user.organisation}"


def _worth(run: PlanRun) -> list[Fact]:
    return [
        Fact("Voorstellen", words.number(few(run.proposals)), f"voor {_people(run)}"),
        Fact("Plaatsen", dutch.number(run.seats), f"in {dutch.count(run.jobs, 'job', 'jobs')}"),
        Fact("Mogelijkheden", dutch.number(run.options)),
        Fact("Waarde", f"{dutch.number(run.value)} punten"),
        Fact("Bewezen grens", f"{dutch.number(run.bound)} punten"),
        Fact("Onder het beste", dutch.percent_at_most(run.gap) if run.gap > 0 else "niets"),
    ]


def _people(run: PlanRun) -> str:
    return dutch.count(run.people, "mens", "mensen")


def _inputs(run: PlanRun) -> list[Fact]:
    libraries = (f"{name} {version}" for name, version in sorted(run.versions.items()))
    floors = (
        f"{each.name} minstens {dutch.number(each.at_least)}"
        for each in run.floor_results
        if each.at_least
    )
    earlier = f"plan {run.earlier.pk}" if run.earlier else "niets: dit is het eerste"
    return [
        Fact("Vingerafdruk van de gegevens", _digest(run.inputs_digest)),
        Fact("Vingerafdruk van de uitkomst", _digest(run.state_digest)),
        Fact("Gaat verder op", earlier),
        Fact("Zaad van het toeval", run.seed),
        Fact("Uitgesloten door een beslissing", _pairs(run)),
        Fact("Gevraagd per gemeente", ", ".join(floors) or "niets"),
        Fact("Versies", ", ".join(libraries)),
    ]


def _digest(digest: str) -> str:
    return " ".join(digest[at : at + DIGEST] for at in range(0, len(digest), DIGEST))


def _pairs(run: PlanRun) -> str:
    count = few(len(run.barred))
    return words.HIDDEN if count is None else dutch.count(count, "combinatie", "combinaties")


def _decided(decisions: RunDecisions, *, is_signal: bool) -> Section:
    labels = ("Aanvaard", "Aangepast", "Geweigerd")
    counts = [decisions.accepted, decisions.changed, decisions.refused]
    total = shown(counts).total
    signal = (
        "Bijna alles is aanvaard binnen enkele seconden. Kijken mensen nog wel zelf?"
        if is_signal
        else ""
    )
    return Section(
        "Wat beslisten mensen?",
        [
            *words.facts(labels, counts),
            Fact("Beslissingen", words.number(total)),
            Fact("Volgt het plan", words.agreement(decisions)),
            Fact("Bekeken, in het midden", words.looked(decisions)),
        ],
        template="web/plan/decided.html",
        data=Decided(words.reasons(decisions), signal),
        anchor="beslissingen",
    )


def _replayed(work: Work) -> Event:
    if work.result["same"]:
        return Event(work.asked_at, "Opnieuw gemaakt", "Byte voor byte hetzelfde.", Tone.GOOD)
    others = ", ".join(work.result["versions"])
    why = f" Andere versies dan toen: {others}." if others else ""
    return Event(work.asked_at, "Opnieuw gemaakt", f"Niet hetzelfde.{why}", Tone.BAD)
