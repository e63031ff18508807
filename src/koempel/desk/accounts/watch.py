"""Watch rules: what in the audit trail asks for a look. A signal, and no verdict on anybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    NAMESAKE = "NAMESAKE"


@dataclass(frozen=True, slots=True)
class Look:
    """People whom a user saw at once: when, at which address, and their numbers."""

    at: datetime
    user: int
    verb: str
    people: Sequence[str]


@dataclass(frozen=True, slots=True)
class Signal:
    """What somebody did on a day that asks for a look, and with how many people."""

    rule: Rule
    day: date
    user: str
    people: int


Seen = dict[tuple[Rule, date, int], set[str]]
"""People by the rule, the day and the user."""


def looks(moment: datetime) -> list[Look]:
    """What users saw of people in the last days, in the time of here."""
    events = AuditEvent.objects.filter(
        kind="person", outcome=DONE, actor__isnull=False, at__gt=moment - LOOKS_BACK, at__lte=moment
    )
    rows = events.order_by().values_list("at", "actor", "verb", "objects_seen")
    return [
        Look(timezone.localtime(at), actor or 0, verb, people) for at, actor, verb, people in rows
    ]


def busy(found: Iterable[Look], on: date) -> Seen:
    """Many people on one day, anybody at night, and many taken along in files."""
    late, early = (int(TERMS.value(f"watch.night_{end}", on)) for end in ("from", "until"))
    seen: Seen = defaultdict(set)
    for look in found:
        day, user = look.at.date(), look.user
        seen[Rule.MANY, day, user].update(look.people)
        if not early <= look.at.hour < late:
            seen[Rule.NIGHT, day, user].update(look.people)
        if look.verb.endswith(FILES):
            seen[Rule.TAKEN_ALONG, day, user].update(look.people)
    least = {
        Rule.MANY: int(TERMS.value("watch.people_a_day", on)),
        Rule.TAKEN_ALONG: int(TERMS.value("watch.taken_along_a_day", on)),
        Rule.NIGHT: 1,
    }
    return {key: people for key, people in seen.items() if len(people) >= least[key[0]]}


def signals(seen: Seen) -> list[Signal]:
    """The same in words that can be shown, the last day first."""
    names = dict(
        User.objects.filter(pk__in={user for _, _, user in seen}).values_list("pk", "name")
    )
    found = [
        Signal(rule, day, names.get(user, "iemand zonder account"), len(people))
        for (rule, day, user), people in seen.items()
    ]
    return sorted(found, key=lambda each: (-each.day.toordinal(), each.rule, each.user))
