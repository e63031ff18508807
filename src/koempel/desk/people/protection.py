"""The wall around the tables of people: no rows without saying who asks, and for what.

Every manager of a protected table asks the context in force and shows only the rows that it may
see. The managers are also the base managers of their models, so that following a key or reading
an object again cannot walk round them.
"""

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from koempel.desk.accounts.models import AccessGrant
from koempel.desk.accounts.queries import grants_valid, opened_by
from koempel.desk.common.context import Context, NoContextError, Relation, current

CONFIDENTIAL_PURPOSE = "vertrouwelijk deel"
"""The only purpose, besides Koempel's own work, for which confidential notes open."""

_Row = TypeVar("_Row", bound=models.Model)


def visible_to(context: Context, path: str = "") -> Q:
    """The condition on a person that a context may see.

    Parameters
    ----------
    context : Context
        Who asks.
    path : str
        Lookup that leads from the table to the person, such as ``person__``.
    """
    if context.relation is Relation.ANY:
        return Q()
    if context.relation is Relation.OWN:
        return Q(**{f"{path}organisation": context.organisation})
    if context.relation is Relation.PERSON:
        return Q(**{f"{path}case_number": context.person})
    # The office first: who moves to another one leaves the cases behind, and emergency access
    # reaches no case of others.
    office = Q(**{f"{path}organisation": context.organisation})
    guided = Q(**{f"{path}caseworker": context.user or 0})
    if context.relation is Relation.GUIDED:
        return office & guided
    if context.relation is Relation.ASSIGNED:
        opened = opened_by(context.user or 0, timezone.now())
        in_need = Q(**{f"{path}case_number__in": opened.values("person")})
        return office & (guided | in_need)
    granted = grants_in_force(context).values("person")
    return Q(**{f"{path}case_number__in": granted})


def grants_in_force(context: Context) -> models.QuerySet[AccessGrant]:
    """Grants that let the organisation of a context see somebody now."""
    return grants_valid(context.organisation or 0, timezone.now())


class PersonManager(models.Manager[_Row]):
    """Shows the people that the context in force may see; without a context it refuses."""

    path: ClassVar[str] = ""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Rows within the reach of the context."""
        return super().get_queryset().filter(visible_to(current(), self.path))


class OfPersonManager(PersonManager[_Row]):
    """The same for a table that hangs on a person."""

    path = "person__"


class ConfidentialManager(OfPersonManager[_Row]):
    """The same, and only for the purpose of the confidential part."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows within the reach of the context, for this one purpose."""
        context = current()
        if not context.is_system and context.purpose != CONFIDENTIAL_PURPOSE:
            raise NoContextError("Het vertrouwelijke deel opent alleen op zijn eigen bladzijde.")
        return super().get_queryset()
