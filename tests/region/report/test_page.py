"""The page: everything is on it, adds up, and nothing of it comes from elsewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from koempel.region.names import Names
from koempel.region.outcome import FloorResult, HourCount, Outcome, Price, RunRecord
from koempel.region.reason_words import proposal_in_words
from koempel.region.report.page import page_of, report_html
from koempel.region.report.places import top_flows
from region.report.invented import Invented, invented

_VOID = {"meta", "link", "br", "hr", "img", "input", "col"}
HOSTILE = "<script>alert(1)</script>\"'&"


class Reader(HTMLParser):
    """Elements, ids and attributes of a page; fails on a wrong nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(plan: Invented) -> Reader:
    return Reader(report_html(plan.outcome, plan.region))


def test_page_is_well_formed_with_one_title_and_unique_ids(plan: Invented) -> None:
    page = _read(plan)

    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("header") == 1
    assert len(page.ids) == len(set(page.ids))


def test_every_link_stays_on_the_page(plan: Invented) -> None:
    page = _read(plan)
    links = [value for name, value in page.attributes if name in ("href", "src", "srcset")]

    assert {link.removeprefix("#") for link in links} <= set(page.ids)
    assert "script" not in page.tags
    assert not any(name.startswith("on") for name, _ in page.attributes)
    # The letter travels inside the page; its base64 may hold any two signs beside each other.
    text = re.sub(
        r'url\("data:font/woff2;base64,[\w+/=]+"\)', "", report_html(plan.outcome, plan.region)
    )
    assert not re.search(r"https?:|//|@import|url\(", text)


def test_every_person_stands_on_the_page_once(plan: Invented) -> None:
    outcome = plan.outcome
    people = {each.id for each in plan.region.people}

    shown = [each for each in _read(plan).ids if each in people]

    assert sorted(shown) == sorted(people)
    assert len(shown) == len(outcome.proposals) + len(outcome.left_out)


def test_every_proposal_has_its_reasons(plan: Invented) -> None:
    page = page_of(plan.outcome, plan.region)
    rows = [row for chapter in page.proposals for group in chapter.groups for row in group.rows]

    reasons = {row.person: row.reasons for row in rows}

    assert len(reasons) == len(plan.outcome.proposals)
    assert all(text.endswith(".") and "{" not in text for text in reasons.values())
    assert {len(row.chips) for row in rows} == {len(p.levers) for p in plan.outcome.proposals}


def test_list_of_places_adds_up_to_the_region(plan: Invented) -> None:
    page = page_of(plan.outcome, plan.region)

    totals = [area.total for area in page.areas]
    assert sum(each.looking for each in totals) == plan.outcome.run.people
    assert sum(each.today for each in totals) == plan.outcome.reach_today
    assert sum(each.extra for each in totals) == plan.outcome.reach_with_levers
    assert sum(each.proposed for each in totals) == plan.outcome.run.proposals
    for area in page.areas:
        assert sum(row.looking for row in area.rows) == area.total.looking


def test_groups_of_people_are_the_rows_of_the_list(plan: Invented) -> None:
    page = page_of(plan.outcome, plan.region)
    proposed = {
        (area.total.name, row.name): row.proposed for area in page.areas for row in area.rows
    }

    found = {
        (chapter.name, group.name): len(group.rows)
        for chapter in page.proposals
        for group in chapter.groups
    }

    assert found == {place: n for place, n in proposed.items() if n}


def test_folded_villages_have_no_circle_and_no_arrow(plan: Invented) -> None:
    page = page_of(plan.outcome, plan.region)
    single = {row.villages[0] for area in page.areas for row in area.rows if len(row.villages) == 1}

    assert 0 < len(single) < len(plan.region.villages)
    assert str(page.map).count("<title>") == len(single)
    flows = top_flows(plan.outcome.flows, page.areas)
    assert {end for each in flows for end in (each.from_village, each.to_village)} <= single
    assert all(each.people >= 5 for each in flows)


def test_every_drawing_has_a_label(plan: Invented) -> None:
    page = _read(plan)

    drawings = [value for name, value in page.attributes if name == "class" and "dr " in value]
    labels = [value for name, value in page.attributes if name == "aria-label"]
    assert len(drawings) > 20
    assert len(labels) >= len(drawings)
    assert all(labels)


def test_same_plan_gives_the_same_page(plan: Invented) -> None:
    again = invented(people=600, jobs=120)

    assert report_html(again.outcome, again.region) == report_html(plan.outcome, plan.region)


def test_hostile_names_stay_text(plan: Invented) -> None:
    region = replace(
        plan.region,
        name=HOSTILE,
        credit=HOSTILE,
        villages=tuple(replace(each, name=HOSTILE) for each in plan.region.villages),
        municipalities=tuple(replace(each, name=HOSTILE) for each in plan.region.municipalities),
        jobs=tuple(replace(each, title=HOSTILE) for each in plan.region.jobs),
        employers=tuple(replace(each, name=HOSTILE) for each in plan.region.employers),
    )
    outcome = replace(
        plan.outcome,
        run=replace(plan.outcome.run, region=HOSTILE, inputs_digest=HOSTILE),
        levers=tuple(replace(each, name=HOSTILE) for each in plan.outcome.levers),
        fairness=tuple(replace(each, name=HOSTILE) for each in plan.outcome.fairness),
        floors=(FloorResult("x", HOSTILE, 9, 9, 0, 0.0),),
    )

    page = Reader(report_html(outcome, region))

    assert "script" not in page.tags
    assert sum("alert(1)" in text for text in page.text) > 100


def _run(plan: Invented, **changes: object) -> RunRecord:
    return replace(plan.outcome.run, **changes)


def _empty(plan: Invented) -> Outcome:
    nothing = dict.fromkeys(Outcome.__slots__, ()) | {"run": _run(plan, proposals=0, people=0)}
    counts = dict.fromkeys(("reach_today", "reach_with_levers", "no_way", "one_step_away"), 0)
    return Outcome(**nothing | counts)


def _texts(outcome: Outcome, plan: Invented) -> str:
    return " ".join(Reader(report_html(outcome, plan.region)).text)


def test_empty_plan_says_so(plan: Invented) -> None:
    text = _texts(_empty(plan), plan)

    assert "0 mensen zoeken werk, niemand krijgt een voorstel" in text
    assert "Het plan doet geen voorstellen." in text
    assert "Deze regio heeft geen hefbomen." in text
    assert "Geen enkel voorstel gebruikt een hefboom." in text
    assert "Er zijn geen groepen om te vergelijken." in text
    assert "Op welk uur knelt het?" not in text


def test_region_without_outlines_has_the_list_alone(plan: Invented) -> None:
    page = page_of(plan.outcome, replace(plan.region, outlines=None))

    assert page.map is None
    assert len(page.areas) == 3


def test_one_person_is_named_in_the_singular() -> None:
    alone = invented(people=1, jobs=1)

    text = " ".join(_read(alone).text)

    assert "Eén mens zoekt werk, 1 krijgt een voorstel" in text


def test_real_people_have_no_notice_of_invention(plan: Invented) -> None:
    text = _texts(replace(plan.outcome, run=_run(plan, invented=False)), plan)

    assert "verzonnen" not in text.lower()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"gap": 0.00061}, "hoogstens 0,07\u202f% onder het best mogelijke"),
        ({"gap": 0.0, "status": "optimal"}, "bewezen het best mogelijke"),
        ({"gap": 0.02, "status": "stopped"}, "vroeger gestopt, hoogstens 2,0\u202f% onder"),
    ],
)
def test_head_says_how_good_the_plan_is(
    changes: dict[str, object], expected: str, plan: Invented
) -> None:
    assert expected in _texts(replace(plan.outcome, run=_run(plan, **changes)), plan)


def test_plan_that_was_not_checked_says_so(plan: Invented) -> None:
    assert "niet nagerekend" in _texts(replace(plan.outcome, run=_run(plan, verified=False)), plan)


def test_draft_rules_are_marked_and_counted(plan: Invented) -> None:
    rules = page_of(plan.outcome, plan.region).rules

    assert [(rule.key, rule.draft) for rule in rules] == [
        ("childcare.settling_days", True),
        ("travel.bike", False),
    ]
    assert rules[1].value == "base_min 0,5, min_per_km 4,55"
    assert "2 regels en gewichten, 1 nog te bevestigen" in _texts(plan.outcome, plan)


def test_low_ratio_is_a_signal_and_no_verdict(plan: Invented) -> None:
    row = replace(plan.outcome.fairness[0], ratio=0.74, ratio_low=0.69, ratio_high=0.85)
    outcome = replace(plan.outcome, fairness=(row, *plan.outcome.fairness[1:3]))

    part = page_of(outcome, plan.region).fairness[0]

    assert part.rows[0].state == "lamp"
    assert part.signals[0] == (
        "Beringen: de kans op een voorstel is 0,74 keer die van alle anderen. "
        "Dat is een signaal om na te kijken, geen oordeel."
    )


def test_ratio_below_with_all_its_margin_is_an_alarm(plan: Invented) -> None:
    row = replace(plan.outcome.fairness[0], ratio=0.7, ratio_low=0.65, ratio_high=0.75)

    part = page_of(replace(plan.outcome, fairness=(row,)), plan.region).fairness[0]

    assert part.rows[0].state == "bad"
    assert "Ook met de marge erbij blijft dat onder 0,8." in part.signals[0]


def test_hour_with_most_seats_out_of_reach_is_named(plan: Invented) -> None:
    hours = (HourCount(6, 118, 20, 37, 30), HourCount(8, 96, 70, 90, 80), HourCount(3, 0, 0, 0, 0))

    part = page_of(replace(plan.outcome, hours=hours), plan.region).hours

    assert part is not None
    assert part.text.startswith("Om 6 uur is het gat het grootst: 81 van de 118 plaatsen")
    assert [row.hour for row in part.rows] == [6, 8]


def test_prices_of_parts_come_before_seats_and_not_twice(plan: Invented) -> None:
    part = Price("C1/Mo/early", "FLEX_CHILDCARE", "Het Mijnlampje", "Mo/early", 4, 4, 1, 0.3, 9, 4)
    seat = Price(plan.region.jobs[0].id, "SEAT", "x", "", 1, 1, 1, 0.6, 9, 1)
    whole = Price("B1", "BIKE", "Fietspunt Lampenist", "", 18, 18, 1, 0.9, 88, 18)
    cheap = replace(part, id="C1/Tu/early", placements=0.01)

    lines = page_of(replace(plan.outcome, prices=(part, seat, whole, cheap)), plan.region).prices

    assert [re.sub("<.?b>", "", line.text)[-14:] for line in lines] == [
        "0,3 plaatsing.",
        "0,6 plaatsing.",
    ]


def test_reasons_are_those_of_the_words(plan: Invented) -> None:
    page = page_of(plan.outcome, plan.region)
    proposal = plan.outcome.proposals[0]
    rows = [row for chapter in page.proposals for group in chapter.groups for row in group.rows]
    row = next(row for row in rows if row.person == proposal.person)

    assert row.reasons == " ".join(proposal_in_words(proposal, Names(plan.region)))
