"""Objects behind the addresses of accounts."""

from desk.examples import example
from desk.factories.accounts import BreakGlassFactory, OrganisationFactory, UserFactory


@example("accounts:user", "accounts:user-role")
def user():
    return {"pk": UserFactory().pk}


@example("accounts:organisation")
def organisation():
    return {"pk": OrganisationFactory().pk}


@example("accounts:break-glass")
def break_glass():
    return {"pk": BreakGlassFactory().pk}
