"""`report.html`: one page that explains a plan, for the table of a meeting and for print.

Self-contained: style, icons and drawings are in the page, it asks nothing of any other address
and needs no script.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from koempel.region import dutch
from koempel.region.names import Names
from koempel.region.outcome import Flow, Outcome, RunRecord
from koempel.region.parameters import Status
from koempel.region.report.cases import (
    Chapter,
    LeftOutRow,
    ProposalRow,
    left_out_chapters,
    proposal_chapters,
)
from koempel.region.report.charts import people_bar
from koempel.region.report.figures import (
    BarRow,
    FairPart,
    Hours,
    LeverRow,
    PriceLine,
    fairness_parts,
    hours_part,
    lever_rows,
    lever_use_rows,
    obstacle_rows,
    price_lines,
)
from koempel.region.report.map import region_map
from koempel.region.report.places import Area, areas, top_flows
from koempel.region.tables import Region
from koempel.region.words import price_in_words, quality_in_words


@dataclass(frozen=True, slots=True)
class Task:
    """Something that asks for a person: a title, a word more, and where to read on."""

    icon: str
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow from home to work."""

    start: str
    end: str
    people: str
    with_lever: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated parameter that this plan used."""

    key: str
    value: str
    version: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows, in the order of the page."""

    title: str
    run: RunRecord
    outcome: Outcome
    quality: str
    credit: str
    tasks: tuple[Task, ...]
    people_bar: Markup
    areas: tuple[Area, ...]
    map: Markup | None
    flows: tuple[FlowRow, ...]
    levers: tuple[LeverRow, ...]
    prices: tuple[PriceLine, ...]
    obstacles: tuple[BarRow, ...]
    lever_uses: tuple[BarRow, ...]
    with_lever: int
    hours: Hours | None
    fairness: tuple[FairPart, ...]
    proposals: tuple[Chapter[ProposalRow], ...]
    left_out: tuple[Chapter[LeftOutRow], ...]
    rules: tuple[Rule, ...]
    command: str


def report_html(outcome: Outcome, region: Region) -> str:
    """The page as text."""
    text: str = _environment().get_template("report.html").render(page=page_of(outcome, region))
    return text


def page_of(outcome: Outcome, region: Region) -> Page:
    """Everything on the page, in words and drawings."""
    names = Names(region)
    shown = areas(outcome.places, names)
    flows = top_flows(outcome.flows, shown)
    fairness = fairness_parts(outcome.fairness)
    rules = rules_of(outcome.run.parameters)
    return Page(
        title=_title(outcome.run),
        run=outcome.run,
        outcome=outcome,
        quality=quality_in_words(outcome.run.status, outcome.run.gap),
        credit=region.credit,
        tasks=_tasks(outcome, names, fairness, rules),
        people_bar=people_bar(
            outcome.reach_today, outcome.reach_with_levers, outcome.no_way, outcome.one_step_away
        ),
        areas=shown,
        map=_map(region, shown, flows, names),
        flows=tuple(_flow_row(each, names) for each in flows),
        levers=lever_rows(outcome.levers, names),
        prices=price_lines(outcome.prices, outcome.levers, names),
        obstacles=obstacle_rows(outcome.obstacles),
        lever_uses=lever_use_rows(outcome),
        with_lever=sum(bool(each.levers) for each in outcome.proposals),
        hours=hours_part(outcome.hours),
        fairness=fairness,
        proposals=proposal_chapters(outcome, shown, names),
        left_out=left_out_chapters(outcome, shown, names),
        rules=rules,
        command=_command(outcome.run),
    )


def _title(run: RunRecord) -> str:
    people = dutch.capital(dutch.count(run.people, "mens zoekt", "mensen zoeken"))
    verb = "krijgt" if run.proposals == 1 else "krijgen"
    given = dutch.number(run.proposals) if run.proposals else "niemand"
    return f"{people} werk, {given} {'krijgt' if not run.proposals else verb} een voorstel"


def _map(
    region: Region, shown: Sequence[Area], flows: Sequence[Flow], names: Names
) -> Markup | None:
    rows = [row for area in shown for row in area.rows]
    return region_map(region.outlines, names.villages, rows, flows) if region.outlines else None


def _flow_row(flow: Flow, names: Names) -> FlowRow:
    start, end = names.village(flow.from_village), names.village(flow.to_village)
    return FlowRow(start, end, dutch.number(flow.people), dutch.few(flow.with_lever))


def _tasks(
    outcome: Outcome, names: Names, fairness: Sequence[FairPart], rules: Sequence[Rule]
) -> tuple[Task, ...]:
    return tuple(
        task
        for task in (
            _decisions(outcome),
            _best_lever(outcome, names),
            _signals(fairness),
            _ending_care(outcome),
            _drafts(rules),
        )
        if task is not None
    )[:4]


def _decisions(outcome: Outcome) -> Task | None:
    if not outcome.proposals:
        return None
    title = dutch.capital(dutch.count(len(outcome.proposals), "voorstel", "voorstellen"))
    return Task(
        "people", f"{title} voor een beslissing", "Een begeleider beslist, niet het plan.",
        "#voorstellen",
    )  # fmt: skip


def _best_lever(outcome: Outcome, names: Names) -> Task | None:
    best = max(outcome.levers, key=lambda each: each.placements, default=None)
    if best is None or best.placements < 0.05:
        return None
    return Task("lamp", "De hoogste winst", price_in_words(best, names), "#hefbomen")


def _signals(fairness: Sequence[FairPart]) -> Task | None:
    signals = sum(len(part.signals) for part in fairness)
    if not signals:
        return None
    title = dutch.capital(dutch.count(signals, "groep krijgt", "groepen krijgen"))
    return Task("warn", f"{title} minder voorstellen", "Een signaal om na te kijken.", "#eerlijk")


def _ending_care(outcome: Outcome) -> Task | None:
    ending = sum("care_ends" in each.warnings for each in outcome.proposals)
    if not ending:
        return None
    title = dutch.capital(dutch.count(ending, "opvangplaats stopt", "opvangplaatsen stoppen"))
    return Task("care", f"{title} later", "Zoek op tijd een vaste plaats.", "#voorstellen")


def _drafts(rules: Sequence[Rule]) -> Task | None:
    drafts = sum(rule.draft for rule in rules)
    if not drafts:
        return None
    title = dutch.capital(dutch.count(drafts, "regel is", "regels zijn"))
    return Task("paper", f"{title} nog te bevestigen", "Het plan rekent ermee.", "#verantwoording")


def rules_of(parameters: Mapping[str, Mapping[str, object]]) -> tuple[Rule, ...]:
    """The parameters of a run as they are shown."""
    return tuple(
        Rule(
            key,
            _value_words(entry.get("value")),
            str(entry.get("version", "")),
            str(entry.get("version", "")).endswith(Status.DRAFT),
        )
        for key, entry in sorted(parameters.items())
    )


def _value_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value_words(inner)}" for name, inner in value.items())
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def _command(run: RunRecord) -> str:
    exact = " --exact" if run.exact else ""
    return f"koempel plan DIR --out MAP --seed {run.seed}{exact}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("koempel.region.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": dutch.number,
        "few": dutch.few,
        "day": dutch.day,
        "weekday": dutch.weekday_and_day,
        "capital": dutch.capital,
    }
    made.globals |= {
        "style": _font() + _asset("report.css"),
        "icons": _asset("assets/icons.svg"),
        "logo": _asset("assets/logo.svg"),
    }
    return made


def _font() -> Markup:
    """Inter (SIL OFL 1.1) inside the page, since a report travels as one file."""
    data = files("koempel.region.report").joinpath("assets/inter-latin.woff2").read_bytes()
    source = f"data:font/woff2;base64,{b64encode(data).decode()}"
    return Markup(
        '@font-face{font-family:"Inter";font-weight:100 900;'
        f'src:url("{source}") format("woff2")}}\n'
    )


def _asset(name: str) -> Markup:
    return Markup(files("koempel.region.report").joinpath(name).read_text("utf-8").strip())
