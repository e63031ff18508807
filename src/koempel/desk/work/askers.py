"""May the asker still do what was asked? Looked at again when work starts, and at each report."""

from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context
from koempel.desk.common.roles import Role
from koempel.desk.work.errors import NotAllowedError
from koempel.desk.work.models import Work


def context_of(work: Work) -> Context:
    """The context of the asker as the access table and the account are now.

    Raises
    ------
    NotAllowedError
        When the account is closed, or has another role or organisation than when it asked, or
        when the access table no longer allows the address for the same purpose.
    """
    now = context_at(work.address, work.owner)
    then = (work.role, work.organisation_id, work.purpose)
    if then != (now.role, now.organisation, now.purpose):
        raise NotAllowedError("Je rol is veranderd sinds je dit vroeg. Begin opnieuw.")
    return now


def context_at(address: str, user: User) -> Context:
    """The context that a user has when sending something to an address.

    Raises
    ------
    NotAllowedError
        When the user may not send anything there.
    """
    rule = access_table().get(address)
    allowed = rule.for_role(user.role, "POST") if rule else None
    if rule is None or allowed is None or not (user.is_active and user.organisation.is_active):
        raise NotAllowedError("Je mag dit niet meer doen. Vraag het aan je beheerder.")
    return Context(
        role=Role(user.role),
        purpose=rule.purpose,
        user=user.pk,
        organisation=user.organisation_id,
        relation=allowed.relation,
        show=allowed.show,
    )
