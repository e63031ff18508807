"""The folder of a plan: tables, run record, report and standing plan, written as a whole."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from koempel.errors import KoempelError
from koempel.region import folders
from koempel.region.names import Names
from koempel.region.outcome import Outcome, RunRecord
from koempel.region.report.page import report_html
from koempel.region.report.tables_out import fairness_csv, left_out_csv, plan_csv, prices_csv
from koempel.region.tables import Region

FILES = frozenset(
    {"plan.csv", "left_out.csv", "prices.csv", "fairness.csv", "run.json", "report.html"}
    | {"state.npz"}
)
"""All that a plan's folder holds; a folder with anything else in it is not overwritten."""


class OutcomeFolderError(KoempelError):
    """The folder cannot hold this plan, or holds none; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What a plan's folder remembers: the record of the run and the standing plan."""

    run: RunRecord
    state: bytes | None


def write_outcome(
    folder: Path, outcome: Outcome, region: Region, *, choice_state: bytes | None
) -> None:
    """Write a plan's folder; a kill at any moment leaves the previous one or the new one.

    Parameters
    ----------
    folder : Path
        Missing, empty, or the folder of an earlier plan.
    outcome : Outcome
    region : Region
        For the names of people's villages, jobs and levers.
    choice_state : bytes or None
        The standing plan, kept as ``state.npz`` for what-if questions.

    Raises
    ------
    OutcomeFolderError
        When the folder holds something else, or cannot be written.
    """
    folder = folder.resolve()
    try:
        folders.recover(folder)
        _refuse_other(folder)
        with folders.replaced(folder) as staging:
            for name, content in _contents(outcome, region, choice_state).items():
                (staging / name).write_bytes(content)
    except OSError as error:
        raise OutcomeFolderError(
            f"De map {folder} kan niet geschreven worden: {error.strerror}. "
            "Kies met --out een andere map."
        ) from error


def read_run(folder: Path) -> StoredRun:
    """Read the run record and the standing plan back.

    Raises
    ------
    OutcomeFolderError
        When the folder holds no plan.
    """
    folder = folder.resolve()
    try:
        folders.recover(folder)
        run = _run_of((folder / "run.json").read_text("utf-8"))
        state = folder / "state.npz"
        return StoredRun(run, state.read_bytes() if state.exists() else None)
    except (OSError, ValueError, TypeError) as error:
        raise OutcomeFolderError(
            f"In de map {folder} staat geen plan dat Koempel kan lezen. "
            "Maak er een met: koempel plan DIR --out MAP"
        ) from error


def run_json(run: RunRecord) -> bytes:
    """The record of a run as JSON, keys sorted."""
    record = asdict(run) | {"plan_date": run.plan_date.isoformat()}
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    return f"{text}\n".encode()


def _run_of(text: str) -> RunRecord:
    record = json.loads(text)
    if not isinstance(record, dict) or set(record) != {each.name for each in fields(RunRecord)}:
        raise ValueError("no run record of this version")
    return RunRecord(**record | {"plan_date": date.fromisoformat(record["plan_date"])})


def _contents(outcome: Outcome, region: Region, state: bytes | None) -> dict[str, bytes]:
    names = Names(region)
    made = {
        "plan.csv": plan_csv(outcome, names),
        "left_out.csv": left_out_csv(outcome, names),
        "prices.csv": prices_csv(outcome, names),
        "fairness.csv": fairness_csv(outcome),
        "run.json": run_json(outcome.run),
        "report.html": report_html(outcome, region).encode(),
    }
    return made if state is None else made | {"state.npz": state}


def _refuse_other(folder: Path) -> None:
    if folder.is_file():
        raise OutcomeFolderError(f"{folder} is een bestand. Kies met --out een map.")
    found = {each.name for each in folder.iterdir()} if folder.exists() else set()
    if found and not (found <= FILES and _holds_plan(folder)):
        strange = ", ".join(sorted(found - FILES)[:3]) or "geen leesbaar run.json"
        raise OutcomeFolderError(
            f"De map {folder} is niet leeg en is geen map van een plan ({strange}). "
            "Koempel overschrijft ze niet. Kies met --out een nieuwe map."
        )


def _holds_plan(folder: Path) -> bool:
    # Also the plan of another version of Koempel may be replaced: read no more than the mark.
    try:
        return "koempel_version" in json.loads((folder / "run.json").read_text("utf-8"))
    except (OSError, ValueError, TypeError):
        return False
