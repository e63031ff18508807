"""Who may know what, worked out from the access table and the rows, by other code than the desk's.

The desk asks the database through its managers; this asks for all rows and looks at each.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from desk.access.world import (
    BOOKING,
    CONFIDENTIAL,
    DRAFT,
    EMERGENCY,
    PARTNER,
    PLACE,
    SHARING,
    VOUCHER,
    Secret,
)
from koempel.desk.accounts.access import Allowed, access_table
from koempel.desk.accounts.models import AccessGrant, BreakGlass, User
from koempel.desk.common.context import Relation, Show, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.models import Person
from koempel.desk.placements.models import FollowUpLink, Placement
from koempel.desk.planning.models import SheetLink
from koempel.desk.referrals.models import AnswerLink, Referral
from koempel.desk.referrals.queries import TOLD_TO_EMPLOYER
from koempel.desk.transitions.models import SignLink, Transition
from koempel.desk.transitions.queries import TOLD_TO_ENTERPRISE

ALL_CLASSES = frozenset({"K2", "K3", "K4", "K5", "K6"})
SHOWN = {
    Show.NOTHING: frozenset(),
    Show.PSEUDONYM: frozenset({"K2"}),
    Show.CONTACT: frozenset({"K2", "K3"}),
    Show.FULL: ALL_CLASSES,
}
CONFIDENTIAL_DOORS = {"people:confidential", "people:everything", "people:everything-file"}
EMERGENCY_DOORS = {"accounts:break-glasses", "accounts:break-glass"}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody as the desk must know them now."""

    role: str
    user: int = 0
    organisation: int = 0

    @classmethod
    def of(cls, client) -> "Asker":
        """Who is signed in in a browser."""
        user = User.objects.filter(pk=client.session.get("_auth_user_id", 0), is_active=True)
        found = user.first()
        return cls(found.role, found.pk, found.organisation_id) if found else cls(Role.ANONYMOUS)


class Facts:
    """The rows of now that decide on who may know what."""

    def __init__(self) -> None:
        now = timezone.now()
        with acting(system("proef")):
            people = Person.objects.values_list("case_number", "organisation", "caseworker")
            self._people = {number: (office, guide) for number, office, guide in people}
            self._links = {
                link.digest: link.person_id
                for link in SheetLink.objects.all()
                if link.withdrawn_at is None and link.made_at <= now < link.ends_at
            }
        for answer in AnswerLink.objects.select_related("referral"):
            if answer.withdrawn_at is None and answer.made_at <= now < answer.ends_at:
                self._links[answer.digest] = answer.referral.case_number
        for each in FollowUpLink.objects.select_related("follow_up__placement"):
            if each.withdrawn_at is None and each.made_at <= now < each.ends_at:
                self._links[each.digest] = each.follow_up.placement.case_number
        for sign in SignLink.objects.select_related("agreement__transition"):
            if sign.withdrawn_at is None and sign.made_at <= now < sign.ends_at:
                self._links[sign.digest] = sign.agreement.transition.case_number
        self._granted = defaultdict(set)
        for grant in AccessGrant.objects.all():
            if grant.withdrawn_at is None and grant.valid_from <= now < grant.valid_until:
                self._granted[grant.to_organisation_id, grant.person] |= {"K2", *grant.classes}
        self._opened = {
            (each.user_id, each.person)
            for each in BreakGlass.objects.all()
            if each.opened_at <= now < each.until
        }
        self._booked = set(LeverBooking.objects.values_list("lever__organisation", "case_number"))
        referrals = Referral.objects.values_list("vacancy__employer", "case_number")
        employed = Transition.objects.values_list("employer", "case_number")
        self._referred = set(referrals) | set(employed)
        """To a vacancy of whom, or who works there, also when it is over."""
        self._candidates = set(referrals.filter(state__in=TOLD_TO_EMPLOYER))
        working = Placement.objects.filter(state="WORKING")
        self._workers = set(working.values_list("vacancy__employer", "case_number"))
        self._candidates |= set(employed.filter(state__in=TOLD_TO_ENTERPRISE))

    def guided_by(self, asker: Asker) -> list[str]:
        """People whom somebody guides or has a grant for."""
        return sorted(
            number
            for number, (office, guide) in self._people.items()
            if (office, guide) == (asker.organisation, asker.user)
            or self._granted[asker.organisation, number]
        )

    def behind(self, token: str) -> str:
        """Whose personal link this is, when it works."""
        return self._links.get(sha256(token.encode()).hexdigest(), "")

    def may_know(
        self, asker: Asker, name: str, method: str, secret: Secret, link: str = ""
    ) -> bool:
        """Whether an address may show a secret to somebody; `link` is whose own link was opened."""
        rule = access_table().get(name)
        allowed = rule.for_role(asker.role, method) if rule else None
        if allowed is None:
            return False
        if not secret.about:
            return _may_know_of_office(asker, name, allowed, secret)
        if allowed.relation is Relation.PERSON:
            of_link = SHOWN[allowed.show] - {"K6"}
            # These links show what was written for the employer, or where the talk is.
            words = ("referral-answer", "referral-slots", "transition-sign")
            of_link |= {BOOKING} if name.startswith(words) else set()
            return secret.about == link and secret.kind in of_link
        return self._may_know_of_person(asker, name, allowed, secret)

    def _may_know_of_person(self, asker, name, allowed: Allowed, secret: Secret) -> bool:
        classes = self._classes(asker, allowed, secret.about)
        by_guide = allowed.relation in (Relation.OWN, Relation.ASSIGNED, Relation.GUIDED)
        is_whole = allowed.show is Show.FULL and classes == ALL_CLASSES
        if secret.kind == CONFIDENTIAL:
            return name in CONFIDENTIAL_DOORS and by_guide and is_whole
        if secret.kind in (SHARING, PLACE):
            return by_guide and is_whole
        if secret.kind == BOOKING:
            # Why something ended: the partner, and who may read of the guidance.
            is_theirs = "K2" in classes or (asker.organisation, secret.about) in self._referred
            return "K4" in classes or (allowed.relation is Relation.OWN and is_theirs)
        if secret.kind == VOUCHER:
            return allowed.relation is not Relation.ANY and "K2" in classes
        return secret.kind in classes

    def _classes(self, asker: Asker, allowed: Allowed, person: str) -> frozenset[str]:
        shown = SHOWN[allowed.show]
        office, guide = self._people.get(person, (0, 0))
        if allowed.relation is Relation.ANY:
            return shown
        if allowed.relation is Relation.GRANTED:
            return shown & self._granted[asker.organisation, person]
        if allowed.relation in (Relation.ASSIGNED, Relation.GUIDED):
            is_open = allowed.relation is Relation.ASSIGNED and (asker.user, person) in self._opened
            is_mine = office == asker.organisation and (guide == asker.user or is_open)
            return shown if is_mine else frozenset()
        is_ours = office == asker.organisation
        is_theirs = (asker.organisation, person) in self._booked | self._candidates | self._workers
        return shown if is_ours or (is_theirs and allowed.show is not Show.FULL) else frozenset()


def _may_know_of_office(asker: Asker, name: str, allowed: Allowed, secret: Secret) -> bool:
    is_own = asker.organisation == secret.owner
    if secret.kind == PARTNER:
        return name.startswith("partners:") and (allowed.relation is Relation.ANY or is_own)
    if secret.kind == DRAFT:
        return name.startswith(("jobs:", "waiting:")) and is_own
    return secret.kind == EMERGENCY and name in EMERGENCY_DOORS and asker.role == Role.DPO
