"""The folder of a plan: written whole, read back, never over something else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from koempel.region.report import OutcomeFolderError, StoredRun, read_run, write_outcome
from koempel.region.report.files import FILES
from region.report.invented import Invented, invented


def _written(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_folder_holds_all_files_and_reads_back(plan: Invented, tmp_path: Path) -> None:
    write_outcome(tmp_path / "out", plan.outcome, plan.region, choice_state=b"standing")

    assert set(_written(tmp_path / "out")) == FILES
    assert read_run(tmp_path / "out") == StoredRun(plan.outcome.run, b"standing")


def test_same_plan_gives_the_same_bytes_but_for_the_seconds(tmp_path: Path) -> None:
    first, second = invented(80, 20), invented(80, 20)
    other_seconds = replace(second.outcome.run, seconds={"solve": 9.9})
    write_outcome(tmp_path / "a", first.outcome, first.region, choice_state=None)
    write_outcome(
        tmp_path / "b", replace(second.outcome, run=other_seconds), second.region, choice_state=None
    )

    one, other = _written(tmp_path / "a"), _written(tmp_path / "b")

    assert {name for name in one if one[name] != other[name]} == {"run.json"}
    assert read_run(tmp_path / "a").state is None


def test_later_plan_replaces_an_earlier_one(tmp_path: Path) -> None:
    small, large = invented(20, 5), invented(30, 5)
    write_outcome(tmp_path / "out", small.outcome, small.region, choice_state=b"x")
    write_outcome(tmp_path / "out", large.outcome, large.region, choice_state=None)

    assert read_run(tmp_path / "out") == StoredRun(large.outcome.run, None)
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_folder_with_other_files_is_refused(plan: Invented, tmp_path: Path) -> None:
    (tmp_path / "verslag.docx").write_text("werk van iemand")

    with pytest.raises(OutcomeFolderError, match=r"verslag\.docx.*Kies met --out een nieuwe map"):
        write_outcome(tmp_path, plan.outcome, plan.region, choice_state=None)

    assert [each.name for each in tmp_path.iterdir()] == ["verslag.docx"]


def test_plan_with_a_file_added_by_hand_is_refused(plan: Invented, tmp_path: Path) -> None:
    write_outcome(tmp_path / "out", plan.outcome, plan.region, choice_state=None)
    (tmp_path / "out" / "notitie.txt").write_text("bewaar dit")

    with pytest.raises(OutcomeFolderError, match="notitie"):
        write_outcome(tmp_path / "out", plan.outcome, plan.region, choice_state=None)


def test_files_named_alike_without_a_run_are_refused(plan: Invented, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")

    with pytest.raises(OutcomeFolderError, match="geen map van een plan"):
        write_outcome(tmp_path, plan.outcome, plan.region, choice_state=None)


def test_file_in_place_of_a_folder_is_refused(plan: Invented, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")

    with pytest.raises(OutcomeFolderError, match="is een bestand"):
        write_outcome(tmp_path / "out", plan.outcome, plan.region, choice_state=None)


def test_place_that_cannot_be_written_is_told(plan: Invented, tmp_path: Path) -> None:
    (tmp_path / "blok").write_text("x")

    with pytest.raises(OutcomeFolderError, match="kan niet geschreven worden"):
        write_outcome(tmp_path / "blok" / "out", plan.outcome, plan.region, choice_state=None)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"seed": 7}'])
def test_unreadable_run_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(text)

    with pytest.raises(OutcomeFolderError, match="geen plan dat Koempel kan lezen"):
        read_run(tmp_path)


def test_run_record_is_sorted_json(plan: Invented, tmp_path: Path) -> None:
    write_outcome(tmp_path / "out", plan.outcome, plan.region, choice_state=None)

    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))

    assert list(record) == sorted(record)
    assert record["plan_date"] == "2026-11-23"
