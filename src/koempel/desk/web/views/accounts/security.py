"""The page on which somebody sees and changes the own keys."""

from allauth.mfa.base.views import IndexView

from koempel.desk.web.context import Door, Menu


class SecurityPage(IndexView):  # type: ignore[misc] # allauth ships no types
    """Second factor, recovery codes, password."""

    door = Door("Beveiliging", "lamp", 80, Menu.OWN)
