"""The watch rule that needs names of people: who looked at somebody with the same surname."""

from collections import defaultdict
from collections.abc import Sequence

from koempel.desk.accounts.models import User
from koempel.desk.accounts.watch import Look, Rule, Seen
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person
from koempel.desk.people.validators import name_key


def namesakes(looks: Sequence[Look]) -> Seen:
    """Who saw somebody of their own surname on a day: perhaps family, perhaps chance.

    The surname of a user is all after the first word of the name. Nobody's name comes out.
    """
    surnames = _surnames_of({look.user for look in looks})
    of_the_name = _people_of(set(surnames.values()) - {""})
    seen: Seen = defaultdict(set)
    for look in looks:
        known = of_the_name.get(surnames.get(look.user, ""), set()).intersection(look.people)
        if known:
            seen[Rule.NAMESAKE, look.at.date(), look.user] |= known
    return dict(seen)


def _surnames_of(users: set[int]) -> dict[int, str]:
    names = User.objects.filter(pk__in=users).values_list("pk", "name")
    return {user: name_key("", name.partition(" ")[2]) for user, name in names}


def _people_of(surnames: set[str]) -> dict[str, set[str]]:
    found = defaultdict(set)
    with acting(system("toezicht op het auditspoor")):
        for number, name in Person.objects.values_list("case_number", "last_name").iterator():
            if (surname := name_key("", name)) in surnames:
                found[surname].add(number)
    return found
