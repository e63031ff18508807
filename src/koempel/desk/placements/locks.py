"""Locks on somebody's work, in the order of `koempel.desk.referrals.actions`.

The person, the placements, what is asked about them, and the end of the audit trail last.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet

from koempel.desk.common.context import acting, system
from koempel.desk.people.actions import lock_people
from koempel.desk.placements.errors import PlacementError
from koempel.desk.placements.models import FollowUp, Placement

PURPOSE = "werk opvolgen"
Row = TypeVar("Row", bound=Model)


def lock_work(case_number: str) -> None:
    """Lock a person and what is known of their work, before the first line in the trail."""
    with acting(system(PURPOSE)):
        list(lock_people([case_number]))
    list(Placement.objects.filter(case_number=case_number).select_for_update(of=("self",)))


def locked_placement(key: int) -> Placement:
    """A placement that nobody else can change meanwhile.

    Raises
    ------
    PlacementError
        When it was taken back.
    """
    rows = Placement.objects.filter(pk=key).select_related("vacancy__employer")
    return _locked(rows, "case_number", "Deze plaatsing bestaat niet meer.")


def locked_follow_up(key: int) -> FollowUp:
    """A question about work that nobody else can answer meanwhile.

    Raises
    ------
    PlacementError
        When the work was taken back.
    """
    rows = FollowUp.objects.filter(pk=key).select_related("placement__vacancy__employer")
    return _locked(rows, "placement__case_number", "Deze vraag bestaat niet meer.")


def _locked(rows: QuerySet[Row], case_number: str, gone: str) -> Row:
    number = rows.values_list(case_number, flat=True).first()
    if number is not None:
        lock_work(number)
    found = rows.first()
    if found is None:
        raise PlacementError(gone)
    return found
