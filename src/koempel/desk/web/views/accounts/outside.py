"""Who gets which role when signing in elsewhere: for the operator, who agrees the names."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.claims import RoleRule, role_rules
from koempel.desk.web.context import Door
from koempel.desk.web.pages import values
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Tone
from koempel.region.parameters import Status

GROUPS = {
    "LB": "lokaal bestuur",
    "EA": "onderneming of vereniging",
    "GID": "Vlaamse overheid",
}
STATES = {
    Status.CONFIRMED: values.Status("bevestigd", Tone.GOOD),
    Status.DRAFT: values.Status("nog te bevestigen", Tone.NEEDS_YOU),
}


class RolesOutsidePage(View):
    """The table of roles as it holds today."""

    door = Door("Aanmelden van buiten", "link", 95)

    def get(self, request: DeskRequest) -> HttpResponse:
        """Every row, with where its name comes from."""
        today = timezone.localdate()
        content = {
            "is_connected": bool(settings.OIDC_SERVER),
            "claim": settings.OIDC_ROLE_CLAIM,
            "rows": [_row(rule) for rule in role_rules() if rule.holds_on(today)],
        }
        return render(request, "web/accounts/outside.html", content)


def _row(rule: RoleRule) -> dict[str, Any]:
    return {
        "claim": rule.claim,
        "group": f"{GROUPS.get(rule.group, 'andere')} ({rule.group})",
        "role": rule.role.label,
        "since": rule.start,
        "source": rule.source,
        "status": STATES[rule.status],
    }
