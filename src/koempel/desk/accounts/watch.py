"""Watch rules: what in the audit trail asks for a look. A signal, and no verdict on anybody."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.audit import DONE
from koempel.desk.common.models import AuditEvent
from koempel.region.parameters import Parameters, first_guess

LOOKS_BACK = timedelta(days=7)
FILES = ("-export", "-file")
"""Ends of the names of addresses that give a file."""


TERMS = Parameters(
    (
        first_guess(
            "watch.people_a_day", 150, "people whom one user sees on one day, from which on"
        ),
        first_guess(
            "watch.taken_along_a_day",
            50,
            "people whom one user takes along in files on one day",
        ),
        first_guess("watch.night_from", 22, "hour of the day"),
        first_guess("watch.night_until", 6, "hour of the day"),
    )
)


class Rule(StrEnum):
    """Why a look is asked."""

    MANY = "MANY"
    NIGHT = "NIGHT"
    TAKEN_ALONG = "TAKEN_ALONG"


@dataclass(frozen=True, slots=True)
class Signal:
    """Somebody who saw many people on a day, or people at night, or took many along in files."""

    rule: Rule
    day: date
    user: str
    people: int


def signals(moment: datetime) -> list[Signal]:
    """What the last days show, the last day first."""
    today = timezone.localdate(moment)
    events = AuditEvent.objects.filter(
        kind="person", outcome=DONE, actor__isnull=False, at__gt=moment - LOOKS_BACK, at__lte=moment
    )
    late, early = (int(TERMS.value(f"watch.night_{end}", today)) for end in ("from", "until"))
    seen: dict[tuple[Rule, date, int], set[str]] = defaultdict(set)
    rows = events.order_by().values_list("at", "actor", "verb", "objects_seen")
    for at, actor, verb, people in rows:
        local, user = timezone.localtime(at), actor or 0
        seen[Rule.MANY, local.date(), user].update(people)
        if not early <= local.hour < late:
            seen[Rule.NIGHT, local.date(), user].update(people)
        if verb.endswith(FILES):
            seen[Rule.TAKEN_ALONG, local.date(), user].update(people)
    least = {
        Rule.MANY: int(TERMS.value("watch.people_a_day", today)),
        Rule.TAKEN_ALONG: int(TERMS.value("watch.taken_along_a_day", today)),
        Rule.NIGHT: 1,
    }
    kept = {key: len(people) for key, people in seen.items() if len(people) >= least[key[0]]}
    return _signals(kept)


def _signals(kept: dict[tuple[Rule, date, int], int]) -> list[Signal]:
    names = dict(
        User.objects.filter(pk__in={user for _, _, user in kept}).values_list("pk", "name")
    )
    found = [
        Signal(rule, day, names.get(user, "iemand zonder account"), people)
        for (rule, day, user), people in kept.items()
    ]
    return sorted(found, key=lambda each: (-each.day.toordinal(), each.rule, each.user))
