"""The register of the planner: every plan that was made, for who watches over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.oversight import (
    RunDecisions,
    decisions_per_run,
    drafts,
    runs,
    work_without_result,
)
from koempel.desk.planning.small_numbers import few
from koempel.desk.planning.tasks import replay_run, run_plan
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import DateFilter, Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go, Status, Tone
from koempel.desk.web.views.plan import words
from koempel.desk.web.views.plan.file import DIGEST
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.region import dutch
from koempel.region.report.page import rules_of


@dataclass(frozen=True, slots=True)
class RunLine:
    """A plan as a line of the register."""

    run: PlanRun
    decisions: RunDecisions
    today: date

    @property
    def title(self) -> str:
        """Its number."""
        return f"Plan {self.run.pk}"

    @property
    def proposals(self) -> str:
        """How many, unless they are few."""
        return words.number(few(self.run.proposals))

    @property
    def gap(self) -> str:
        """How far at most from the best."""
        return f"hoogstens {dutch.percent_at_most(self.run.gap)}" if self.run.gap > 0 else "niets"

    @property
    def digest(self) -> str:
        """The beginning of the digest of the inputs."""
        return self.run.inputs_digest[:DIGEST]

    @property
    def drafts(self) -> str:
        """How many parameters are not confirmed."""
        count = len(drafts(self.run))
        return f"{dutch.count(count, 'parameter', 'parameters')} voorlopig" if count else ""

    @property
    def warnings(self) -> list[str]:
        """What to know first."""
        return words.warnings_of(self.run)

    @property
    def decided(self) -> str:
        """How many decisions, unless they are few."""
        return words.number(few(self.decisions.decided))

    @property
    def agreement(self) -> str:
        """How often people follow the plan."""
        share = words.agreement(self.decisions)
        return f"volgt het plan: {share}" if share else ""

    @property
    def signal(self) -> Status | None:
        """Whether people seem to accept without looking."""
        is_stamped = self.decisions.is_rubber_stamped(self.today)
        return Status("te snel aanvaard", Tone.BAD) if is_stamped else None


def _url(line: RunLine) -> str:
    return reverse("plan:run", kwargs={"pk": line.run.pk})


def _looked(line: RunLine) -> str:
    return words.looked(line.decisions)


class Register(ListPage):
    """Every plan, the last first."""

    title = "Register van de planner"
    intro = "Elk plan dat gemaakt is: waarvan, hoe goed, en wat mensen ermee deden."
    noun = ("plan", "plannen")
    filters = (
        DateFilter("vanaf", "Gemaakt vanaf", "made_at__date__gte"),
        DateFilter("tot", "Gemaakt tot en met", "made_at__date__lte"),
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column("Plan", "title", link=_url, note="run.asker"),
        Column("Gemaakt", "run.made_at", Show.DATE, sort="made_at"),
        Column("Voorstellen", "proposals", note=lambda line: f"{line.gap} onder het beste"),
        Column("Gegevens", "digest", note="drafts"),
        Column("Let op", lambda line: len(line.warnings), Show.NUMBER),
        Column("Beslist", "decided", note="agreement"),
        Column("Bekeken", _looked, note=lambda line: "in het midden" if _looked(line) else ""),
        Column("Signaal", "signal", Show.STATUS),
    )
    nothing = "Maak het eerste plan. Daarna staat hier waarvan het gemaakt is en hoe goed het is."
    first = Go("Maak een nieuw plan", "plan:new")
    more = (Go("Wat mislukte", "plan:failed"), Go("Pauzeer de planner", "plan:pause"))

    def rows(self, request: DeskRequest) -> Rows:
        """All runs."""
        return runs()

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[RunLine]:
        """Runs with their decisions."""
        today = timezone.localdate()
        decisions = decisions_per_run(rows, today=today)
        return [RunLine(run, decisions[run.pk], today) for run in rows]


def _parameters(line: RunLine) -> str:
    rules = rules_of(line.run.parameters)
    return "; ".join(f"{rule.key} = {rule.value} ({rule.version})" for rule in rules)


def _against(line: RunLine) -> str:
    return "; ".join(f"{reason}: {count}" for reason, count in words.reasons(line.decisions))


class RegisterFile(Register):
    """The register as a file says all, where the page has no room."""

    columns = (
        Column("Plan", "run.pk", Show.NUMBER),
        Column("Dag", "run.plan_date", Show.DATE),
        Column("Gevraagd", "run.asked_at", Show.DATE),
        Column("Gemaakt", "run.made_at", Show.DATE, sort="made_at"),
        Column("Door", "run.asker"),
        Column("Gaat verder op", "run.earlier_id", Show.NUMBER),
        Column("Vingerafdruk gegevens", "run.inputs_digest"),
        Column("Vingerafdruk uitkomst", "run.state_digest"),
        Column("Zaad", "run.seed", Show.NUMBER),
        Column("Versie", "run.koempel_version"),
        Column("Voorstellen", "proposals"),
        Column("Waarde", "run.value", Show.NUMBER),
        Column("Grens", "run.bound", Show.NUMBER),
        Column("Hoogstens onder het beste", "gap"),
        Column("Let op", lambda line: " ".join(line.warnings)),
        Column("Beslist", "decided"),
        Column("Volgt het plan", lambda line: words.agreement(line.decisions)),
        Column("Tegen het plan, per reden", _against),
        Column("Bekeken, in het midden", _looked),
        Column("Signaal", "signal", Show.STATUS),
        Column("Parameters", _parameters),
        Column("Voorlopige parameters", lambda line: "; ".join(drafts(line.run))),
    )


KINDS = {run_plan.name: "Een plan maken", replay_run.name: "Een plan opnieuw maken"}


def _state(work: Work) -> Status:
    tone = Tone.BAD if work.state == State.FAILED else Tone.QUIET
    return Status(work.get_state_display(), tone)


class FailedWork(ListPage):
    """What was asked of the planner in the last month and did not come to an end."""

    title = "Wat mislukte"
    intro = "Plannen die de laatste maand mislukten of gestopt werden. Er bleef niets van bewaard."
    noun = ("keer", "keren")
    columns = (
        Column("Wat", lambda work: KINDS[work.kind], note="owner.name"),
        Column("Gevraagd", "asked_at", Show.DATE, sort="asked_at"),
        Column("Afloop", _state, Show.STATUS),
        Column("Waarom", lambda work: work.error or "Iemand vroeg om te stoppen."),
    )
    nothing = "De laatste maand is elk plan gelukt."

    def rows(self, request: DeskRequest) -> Rows:
        """Failed and stopped work."""
        return work_without_result(KINDS, timezone.now())
