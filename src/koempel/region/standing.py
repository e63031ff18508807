"""The standing plan on disk: arrays to plan on from, without names.

One zip file holds the problem, the result, and what each resource is called. A what-if reads it
instead of finding all options again, and starts from its prices and places.
"""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from koempel.errors import KoempelError
from koempel.planner import Problem, Result

_FILES = ("problem.npz", "result.json", "resources.json")


class StandingPlanError(KoempelError):
    """The bytes hold no standing plan."""


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """A problem with its result.

    Attributes
    ----------
    resources : tuple of (id, lever, kind)
        Of each resource of the problem, in order; a seat's lever is its job.
    """

    problem: Problem
    result: Result
    resources: tuple[tuple[str, str, str], ...]


def placement_worth(problem: Problem, result: Result) -> float:
    """What an average placement of a plan is worth, floors included.

    Prices hold what a floor pays for a placement, so the measure that turns them into placements
    must hold it as well: else one seat would seem to bring four.
    """
    placed = result.choice >= 0
    if not placed.any():
        return 1.0
    bonus = problem.member @ result.bonuses
    worth = problem.value[result.choice[placed]] + bonus[placed]
    return max(float(worth.mean()), 1.0)


def to_bytes(standing: StandingPlan) -> bytes:
    """Pack a standing plan; the same plan gives the same bytes."""
    with TemporaryDirectory() as folder:
        standing.problem.save(Path(folder) / "problem.npz")
        standing.result.save(Path(folder) / "result.json")
        (Path(folder) / "resources.json").write_text(json.dumps(standing.resources), "utf-8")
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in _FILES:
                # ZipInfo without a date keeps the bytes the same from run to run.
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, (Path(folder) / name).read_bytes())
        return packed.getvalue()


def from_bytes(packed: bytes) -> StandingPlan:
    """Read a standing plan back.

    Raises
    ------
    StandingPlanError
        When the bytes hold something else.
    """
    try:
        with TemporaryDirectory() as folder, zipfile.ZipFile(BytesIO(packed)) as archive:
            for name in _FILES:
                archive.extract(name, folder)
            problem = Problem.load(Path(folder) / "problem.npz")
            result = Result.load(Path(folder) / "result.json")
            rows = json.loads((Path(folder) / "resources.json").read_text("utf-8"))
            names = tuple((str(a), str(b), str(c)) for a, b, c in rows)
            return StandingPlan(problem, result, names)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, KoempelError) as error:
        raise StandingPlanError(
            "Het bewaarde plan is niet leesbaar. Maak het opnieuw met koempel plan."
        ) from error
