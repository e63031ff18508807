"""What each field of a person is: its class of data, its term, and its fate on export.

One table. `checks` refuses to start with a field that does not stand in it, `export` and
`retention` read it. Erasing removes every row of a person; what stays is in `Tombstone`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from koempel.desk.accounts.models import DataClass


class Term(StrEnum):
    """Which term of `retention.toml` a field follows."""

    CASE = "retention.case"
    PLACED = "retention.placed"
    NOTE = "retention.note"
    NONE = "retention.none"


class Erase(StrEnum):
    """What erasing a person does to a field."""

    REMOVE = "remove"
    KEEP = "keep"


class Export(StrEnum):
    """Whether the person gets the field: all that is known of them, and nothing of others."""

    GIVE = "give"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of one field."""

    data_class: DataClass
    term: Term = Term.CASE
    export: Export = Export.GIVE
    erase: Erase = Erase.REMOVE


_PLAN = Declared(DataClass.K2)
_IDENTITY = Declared(DataClass.K3)
_GUIDANCE = Declared(DataClass.K4)
_HOUSEHOLD = Declared(DataClass.K5)
_SENSITIVE = Declared(DataClass.K6)
_NOTE = Declared(DataClass.K6, Term.NOTE)
_INNER = Declared(DataClass.K2, export=Export.LEAVE)
_STAFF = Declared(DataClass.K4, export=Export.LEAVE)
_STAYS = Declared(DataClass.K2, Term.NONE, Export.LEAVE, Erase.KEEP)

DECLARED: Mapping[str, Mapping[str, Declared]] = MappingProxyType(
    {
        "Person": {
            "case_number": Declared(DataClass.K2, erase=Erase.KEEP),
            "organisation": _PLAN,
            "caseworker": _STAFF,
            "source": _GUIDANCE,
            "source_id": _IDENTITY,
            "first_name": _IDENTITY,
            "last_name": _IDENTITY,
            "name_key": Declared(DataClass.K3, export=Export.LEAVE),
            "phone": _IDENTITY,
            "email": _IDENTITY,
            "village": _IDENTITY,
            "lon": _IDENTITY,
            "lat": _IDENTITY,
            "address_shield": _SENSITIVE,
            "registered_on": _PLAN,
            "available_from": _PLAN,
            "permit_until": _SENSITIVE,
            "modes": _GUIDANCE,
            "cycling": _GUIDANCE,
            "max_travel_min": _PLAN,
            "dutch_listening": _GUIDANCE,
            "dutch_speaking": _GUIDANCE,
            "dutch_reading": _GUIDANCE,
            "dutch_writing": _GUIDANCE,
            "skills": _GUIDANCE,
            "licences": _GUIDANCE,
            "wants": _GUIDANCE,
            "needs": _SENSITIVE,
            "away": _PLAN,
            "hours_min": _PLAN,
            "hours_max": _PLAN,
            "status": Declared(DataClass.K2, Term.PLACED),
            "status_since": Declared(DataClass.K2, Term.PLACED),
            "next_step": _GUIDANCE,
            "next_step_on": _GUIDANCE,
            "last_contact_on": _GUIDANCE,
            "changed_at": _INNER,
        },
        "Child": {
            "id": _INNER,
            "person": _INNER,
            "first_name": _HOUSEHOLD,
            "birth_month": _HOUSEHOLD,
            "care": _HOUSEHOLD,
            "care_lon": _HOUSEHOLD,
            "care_lat": _HOUSEHOLD,
            "care_hours": _HOUSEHOLD,
            "care_until": _HOUSEHOLD,
            "regular_from": _HOUSEHOLD,
            "regular_earliest": _HOUSEHOLD,
            "regular_latest": _HOUSEHOLD,
        },
        "SupportRight": {
            "id": _INNER,
            "person": _INNER,
            "measure": _GUIDANCE,
            "granted_by": _GUIDANCE,
            "granted_on": _GUIDANCE,
            "valid_until": _GUIDANCE,
            "state": _GUIDANCE,
        },
        "PersonObstacle": {
            "id": _INNER,
            "person": _INNER,
            "kind": _SENSITIVE,
            "evidence": _SENSITIVE,
            "since": _GUIDANCE,
            "removed_by": _GUIDANCE,
            "removed_on": _GUIDANCE,
        },
        "TimelineEntry": {
            "id": _INNER,
            "person": _INNER,
            "at": _NOTE,
            "kind": _NOTE,
            "data_class": Declared(DataClass.K2, Term.NOTE, Export.LEAVE),
            "title": _NOTE,
            "text": _NOTE,
            "by": _STAFF,
        },
        "ConfidentialNote": {
            "id": _INNER,
            "person": _INNER,
            "at": _NOTE,
            "by": _STAFF,
            "text": _NOTE,
        },
        "ErasureNotice": {
            "id": _INNER,
            "case_number": _INNER,
            "term": _INNER,
            "since": _INNER,
            "given_on": _INNER,
        },
        "HandOver": {
            "id": _INNER,
            "person": _INNER,
            "batch": _INNER,
            "before": _STAFF,
            "after": _STAFF,
            "by": _STAFF,
            "at": _STAFF,
        },
        "Tombstone": {"case_number": _STAYS, "erased_on": _STAYS},
    }
)
"""Model, field, declaration."""
