"""The standing plan on disk: arrays to plan on from, without names.

One zip file holds the problem, the result, and what each resource is called. A what-if reads it
instead of finding all options again, and starts from its prices and places.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from koempel.errors import KoempelError
from koempel.planner import Problem, Result

_FILES = ("problem.npz", "result.json", "ids.json")


class StandingPlanError(KoempelError):
    """The bytes hold no standing plan."""


@dataclass(frozen=True, slots=True)
class Ids:
    """What the rows and columns of a problem are.

    Attributes
    ----------
    resources : tuple of (id, lever, kind)
        Of each resource, in order; a seat's lever is its job.
    people : tuple of str
        Id of each person, in order.
    groups : tuple of str
        What each group with a floor is: a municipality or a village.
    """

    resources: tuple[tuple[str, str, str], ...]
    people: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def of_resources(self) -> list[str]:
        """Id of each resource, in order."""
        return [each for each, _, _ in self.resources]


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """A problem with its result, and what its rows and columns are."""

    problem: Problem
    result: Result
    ids: Ids


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
        (Path(folder) / "ids.json").write_text(json.dumps(asdict(standing.ids)), "utf-8")
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
            return StandingPlan(problem, result, _ids(archive.read("ids.json")))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, KoempelError) as error:
        raise StandingPlanError(
            "Het bewaarde plan is niet leesbaar. Maak het opnieuw met koempel plan."
        ) from error


def read_ids(packed: bytes) -> Ids:
    """What the rows and columns of a packed plan are, without reading its arrays.

    Raises
    ------
    StandingPlanError
        When the bytes hold something else.
    """
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            return _ids(archive.read("ids.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise StandingPlanError("Het bewaarde plan is niet leesbaar.") from error


def _ids(text: bytes) -> Ids:
    found = json.loads(text)
    return Ids(
        resources=tuple((str(a), str(b), str(c)) for a, b, c in found["resources"]),
        people=tuple(map(str, found["people"])),
        groups=tuple(map(str, found["groups"])),
    )


def carried_over(earlier: StandingPlan, problem: Problem, ids: Ids) -> Result:
    """An earlier plan in the numbers of a new problem, to plan on from.

    People, resources and groups are found by their ids. Somebody keeps their option when the new
    problem has one for them that takes the same things; a new thing has no price yet.

    Parameters
    ----------
    earlier : StandingPlan
    problem : Problem
        The new problem.
    ids : Ids
        What its rows and columns are.

    Returns
    -------
    Result
        Of the new problem, good as a `start` and for nothing else.
    """
    old = earlier.result
    return Result(
        choice=_kept_options(earlier, problem, ids),
        status="stopped",
        value=0,
        bound=0,
        price_bound=0,
        prices=_by_id(old.prices, earlier.ids.of_resources, ids.of_resources),
        bonuses=_by_id(old.bonuses, earlier.ids.groups, ids.groups),
        shortfall=np.zeros(problem.n_groups, np.int64),
        seed=old.seed,
        versions=dict(old.versions),
    )


def _kept_options(earlier: StandingPlan, problem: Problem, ids: Ids) -> npt.NDArray[np.int64]:
    """Per person of the new problem the option that takes what theirs took; -1 for none."""
    marks = {
        person: mark
        for person, option, mark in zip(
            earlier.ids.people,
            earlier.result.choice.tolist(),
            _marks_of_choice(earlier).tolist(),
            strict=True,
        )
        if option >= 0
    }
    wanted = np.array([marks.get(person, 0) for person in ids.people], np.uint64)
    same = np.flatnonzero(_marks(problem, ids.of_resources) == wanted[problem.person])
    choice = np.full(problem.n_people, -1, np.int64)
    # The last one written stays: of two options that take the same things, the worthiest.
    best = same[np.argsort(problem.value[same], kind="stable")]
    choice[problem.person[best]] = best
    return choice


def _marks_of_choice(standing: StandingPlan) -> npt.NDArray[np.uint64]:
    marks = np.append(_marks(standing.problem, standing.ids.of_resources), np.uint64(0))
    return marks[standing.result.choice]


def _marks(problem: Problem, ids: list[str]) -> npt.NDArray[np.uint64]:
    """A number per option that tells what it takes, whatever the order of the resources.

    The sum, in 64 bits, of amounts times a number drawn from the id of each resource.
    """
    drawn = [int.from_bytes(blake2b(each.encode(), digest_size=8).digest()) | 1 for each in ids]
    usage = problem.usage.astype(np.uint64)
    marks: npt.NDArray[np.uint64] = usage @ np.array(drawn, np.uint64)
    return marks


def _by_id(
    values: npt.NDArray[np.float64], old: Sequence[str], new: Sequence[str]
) -> npt.NDArray[np.float64]:
    known = dict(zip(old, values.tolist(), strict=True))
    return np.array([known.get(each, 0.0) for each in new], np.float64)
