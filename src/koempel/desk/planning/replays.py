"""Making a plan again from what was kept of it: the same inputs must give the same bytes."""

from dataclasses import dataclass
from hashlib import sha256

from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.planning.enums import FileKind
from koempel.desk.planning.errors import FilesGoneError
from koempel.desk.planning.models import PlanFile, PlanRun
from koempel.desk.planning.oversight import PURPOSE
from koempel.desk.planning.queries import standing_plan
from koempel.region.packing import unpack_region
from koempel.region.plan import Progress, make_plan
from koempel.region.standing import StandingPlan, to_bytes


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of making a plan again.

    Attributes
    ----------
    is_same : bool
        Whether inputs and outcome have the digests of the run.
    other_versions : tuple of str
        Libraries that are not of the version with which the plan was made: they may explain it.
    """

    run: int
    is_same: bool
    other_versions: tuple[str, ...]


def make_again(run: PlanRun, progress: Progress | None = None) -> Replay:
    """Make a plan again and compare.

    Raises
    ------
    FilesGoneError
        When its inputs, or the plan that it went on from, are no longer kept.
    """
    region, earlier = unpack_region(_inputs(run)), _earlier(run)
    barred = [(person, job) for person, job in run.barred]
    plan = make_plan(region, seed=run.seed, barred=barred, earlier=earlier, progress=progress)
    made = sha256(to_bytes(plan.standing)).hexdigest()
    is_same = (region.digest, made) == (run.inputs_digest, run.state_digest)
    outcome = audit.DONE if is_same else audit.FAILED
    audit.record("planning.replay", kind="plan", objects=[str(run.pk)], outcome=outcome)
    now = plan.outcome.run.versions
    others = tuple(sorted(name for name in run.versions if run.versions[name] != now.get(name)))
    return Replay(run.pk, is_same, others)


def can_be_made_again(run: PlanRun) -> bool:
    """Whether all that a plan was made from is still kept."""
    with acting(system(PURPOSE)):
        kept = set(PlanFile.objects.filter(run=run).values_list("kind", flat=True))
        before = PlanFile.objects.filter(run=run.earlier_id, kind=FileKind.STATE)
        return FileKind.INPUTS in kept and (run.earlier_id is None or before.exists())


def _inputs(run: PlanRun) -> bytes:
    with acting(system(PURPOSE)):
        file = PlanFile.objects.filter(run=run, kind=FileKind.INPUTS).first()
    if file is None:
        raise FilesGoneError(
            f"De gegevens van plan {run.pk} zijn verwijderd: de bewaartermijn is voorbij, of er is "
            "iemand gewist die erin stond. De cijfers en de vingerafdrukken blijven."
        )
    return bytes(file.content)


def _earlier(run: PlanRun) -> StandingPlan | None:
    if run.earlier is None:
        return None
    earlier = standing_plan(run.earlier)
    if earlier is None:
        raise FilesGoneError(
            f"Plan {run.pk} ging verder op plan {run.earlier.pk}, en dat wordt niet meer bewaard. "
            "Opnieuw maken kan niet."
        )
    return earlier
