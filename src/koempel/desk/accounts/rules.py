"""Who may give what to whom, decided before anything is written."""

from datetime import datetime, timedelta
from typing import NamedTuple

from koempel.desk.accounts.models import DataClass, Organisation, RoleRequest, User
from koempel.desk.common.roles import GUIDES, Role
from koempel.errors import KoempelError

BREAK_GLASS_LASTS = timedelta(hours=1)
REVIEW_WITHIN_WORKDAYS = 2
GRANT_LASTS_AT_MOST = timedelta(days=2 * 365)
SHAREABLE = (DataClass.K2, DataClass.K3, DataClass.K4, DataClass.K5, DataClass.K6)
_FRIDAY = 4


class RefusedError(KoempelError):
    """The user may not do this; the sentence says why, for the screen."""


class Term(NamedTuple):
    """From when until when."""

    start: datetime
    end: datetime


def check_asks_role(by: User, *, user: User, role: str) -> None:
    """Refuse a question about oneself, by somebody else than an operator, or about no role."""
    _check_operates(by)
    if by.pk == user.pk:
        raise RefusedError("Je kunt geen rol voor jezelf vragen. Vraag het een andere beheerder.")
    if role == Role.ANONYMOUS:
        raise RefusedError("Kies een rol.")
    if user.is_active and user.role == role:
        raise RefusedError(f"{user} heeft deze rol al.")


def check_decides_role(by: User, asked: RoleRequest) -> None:
    """Refuse a second decision, and a decision by the one who asked or about oneself."""
    _check_operates(by)
    if asked.decided_by_id is not None:
        raise RefusedError("Hierover is al beslist.")
    if by.pk == asked.asked_by_id:
        raise RefusedError("Jij vroeg dit zelf. Een tweede beheerder moet het bevestigen.")
    if by.pk == asked.user_id:
        raise RefusedError("Dit gaat over jou. Een andere beheerder moet beslissen.")


def check_deactivates(by: User, user: User) -> None:
    """Refuse anybody but an operator, and closing one's own account."""
    _check_operates(by)
    if by.pk == user.pk:
        raise RefusedError("Je kunt je eigen account niet sluiten. Vraag het een andere beheerder.")


def check_stops(by: User, organisation: Organisation) -> None:
    """Refuse whoever would lock out the own organisation, and oneself with it."""
    if by.organisation_id == organisation.pk:
        raise RefusedError(
            "Je kunt je eigen organisatie niet laten stoppen. Vraag het iemand van een andere."
        )


def check_gives_grant(by: User, *, to: Organisation, classes: list[str], term: Term) -> None:
    """Refuse an operator, a grant to one's own organisation, and a grant without limits."""
    if by.role not in GUIDES:
        raise RefusedError("Alleen wie mensen begeleidt, geeft inzage.")
    if to.pk == by.organisation_id:
        raise RefusedError("Je eigen organisatie heeft geen inzagerecht nodig.")
    if not classes or set(classes) - set(SHAREABLE):
        raise RefusedError("Kies welke gegevens de partner mag zien.")
    if not term.start < term.end <= term.start + GRANT_LASTS_AT_MOST:
        raise RefusedError("Kies een einddatum, ten laatste twee jaar na het begin.")


def check_breaks_glass(by: User, reason: str) -> None:
    """Refuse roles that guide nobody, and an empty reason."""
    if by.role not in (*GUIDES, Role.DPO):
        raise RefusedError("Noodtoegang is er alleen voor wie mensen begeleidt.")
    if not reason.strip():
        raise RefusedError("Schrijf waarom je dit dossier nu moet zien.")


def check_reviews(by: User, *, opened_by: int, is_reviewed: bool) -> None:
    """Refuse a review of one's own emergency access, and a second one."""
    if by.role != Role.DPO:
        raise RefusedError("Alleen de functionaris gegevensbescherming kijkt noodtoegang na.")
    if by.pk == opened_by:
        raise RefusedError("Dit was je eigen noodtoegang. Iemand anders moet ze nakijken.")
    if is_reviewed:
        raise RefusedError("Dit is al nagekeken.")


def review_due(opened_at: datetime) -> datetime:
    """The moment by which emergency access must be reviewed: two working days later.

    Examples
    --------
    >>> from datetime import UTC
    >>> review_due(datetime(2026, 11, 20, 9, tzinfo=UTC)).strftime("%A %d")
    'Tuesday 24'
    """
    due, left = opened_at, REVIEW_WITHIN_WORKDAYS
    while left:
        due += timedelta(days=1)
        left -= due.weekday() <= _FRIDAY
    return due


def _check_operates(by: User) -> None:
    if by.role != Role.OPERATOR:
        raise RefusedError("Alleen een beheerder doet dit.")
