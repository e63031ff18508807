"""The tables open in a spreadsheet and cannot do harm there."""

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from koempel.region.names import Names
from koempel.region.outcome import Outcome
from koempel.region.reason_words import proposal_in_words
from koempel.region.report.tables_out import (
    csv_bytes,
    fairness_csv,
    left_out_csv,
    plan_csv,
    prices_csv,
)
from koempel.region.words import price_in_words
from region.report.invented import Invented


def _read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_plan_has_a_row_with_reasons_for_every_proposal(plan: Invented) -> None:
    names = Names(plan.region)

    rows = _read(plan_csv(plan.outcome, names))

    assert [row["person"] for row in rows] == [each.person for each in plan.outcome.proposals]
    first = plan.outcome.proposals[0]
    assert rows[0]["reasons"] == " ".join(proposal_in_words(first, names))
    assert rows[0]["title"] == names.title(first.job)
    assert rows[0]["start"] == first.start_on.isoformat()


def test_left_out_has_a_row_with_help_for_everybody_else(plan: Invented) -> None:
    rows = _read(left_out_csv(plan.outcome, Names(plan.region)))

    assert [row["person"] for row in rows] == [each.person for each in plan.outcome.left_out]
    assert all(row["help"].endswith(".") for row in rows)


def test_prices_are_sentences_too(plan: Invented) -> None:
    names = Names(plan.region)

    rows = _read(prices_csv(plan.outcome, names))

    expected = [price_in_words(each, names) for each in plan.outcome.prices]
    assert [row["in_words"] for row in rows] == expected


def test_fairness_leaves_a_small_group_empty(plan: Invented) -> None:
    rows = {row["group"]: row for row in _read(fairness_csv(plan.outcome))}

    assert set(rows["X"].values()) == {"sex", "X", ""}
    assert rows["71004"]["people"] == str(plan.outcome.fairness[0].people)


def test_numbers_have_a_decimal_comma_and_days_are_iso() -> None:
    row = (0.425, -3, 1_200_000.0, date(2027, 1, 4), None)

    content = csv_bytes(("a", "b", "c", "d", "e"), [row])

    assert content == b"\xef\xbb\xbfa;b;c;d;e\r\n0,425;-3;1200000;2027-01-04;\r\n"


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
def test_no_text_cell_starts_a_formula(texts: list[str]) -> None:
    header = [str(at) for at in range(len(texts))]

    read = list(
        csv.reader(
            io.StringIO(csv_bytes(header, [texts]).decode("utf-8-sig"), newline=""), delimiter=";"
        )
    )[1]

    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in read)
    assert [cell.removeprefix("'") for cell in read] == [text.removeprefix("'") for text in texts]


def test_hostile_job_title_is_neutralised(plan: Invented) -> None:
    proposal = plan.outcome.proposals[0]
    jobs = {"title": '=HYPERLINK("x")'}
    names = Names(plan.region)
    names.jobs[proposal.job] = type("Job", (), jobs | {"employer": "E0", "village": "V01"})()
    one = Outcome(**dict.fromkeys(Outcome.__slots__, ()) | {"proposals": (proposal,)})

    assert _read(plan_csv(one, names))[0]["title"] == '\'=HYPERLINK("x")'
