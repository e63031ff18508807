"""What the pages of the invented region need besides: something of each kind to open."""

from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.utils import timezone

from desk.factories.accounts import PASSWORD, AccessGrantFactory, UserFactory, code_of_the_app
from desk.factories.levers import wish
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
)
from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import book_lever, request_lever, set_capacity
from koempel.desk.levers.models import Lever
from koempel.desk.partners.models import Village
from koempel.desk.people.models import Person


def fill_desk(desk) -> None:
    """Somebody on top of each guide's list with all that a case can hold, and a few bookings."""
    for role in (Role.CASEWORKER, Role.SOCIAL_WORKER):
        person = make_person(desk, role, last_name="Lampenier")
        ChildFactory(person=person, in_care=True)
        SupportRightFactory(person=person)
        PersonObstacleFactory(person=person)
    share(desk, person, to=Role.MEDIATOR)
    for lever in Lever.objects.filter(kind="BIKE").order_by("pk")[:2]:
        add_stock(desk, lever)
        book(desk, role, lever, person)
        book(desk, role, lever, person, by_request=True)


def add_stock(desk, lever: Lever, free: int = 5) -> None:
    """So many of each part: a small region has little of everything."""
    for part in lever.parts.all():
        set_capacity(part, free, by=desk.who(Role.DIRECTOR), at=timezone.now())


def book(desk, role: Role, lever: Lever, person: Person, *, by_request: bool = False):
    """A booking that holds a lever, or a question that waits for its partner."""
    action = request_lever if by_request else book_lever
    start = timezone.localdate() + timedelta(days=10)
    asked = wish(lever, person.case_number, key=f"{lever.pk}/{action.__name__}", starts_on=start)
    return action(asked, by=desk.who(role), at=timezone.now())


def make_person(desk, role: Role, **facts) -> Person:
    """Somebody in Heusden whose next step is due, so that they stand on top of the list."""
    today = timezone.localdate()
    due = {"next_step": "Bel over de uren", "next_step_on": today - timedelta(days=30)}
    village = Village.objects.get(code="71070-heusden")
    return PersonFactory(caseworker=desk.who(role), village=village, **due | facts)


def share(desk, person: Person, *, to: Role, **facts):
    """A grant that holds today."""
    now = timezone.now()
    return AccessGrantFactory(
        person=person.case_number,
        to_organisation=desk.who(to).organisation,
        given_by=person.caseworker,
        valid_from=now - timedelta(days=1),
        valid_until=now + timedelta(days=60),
        **facts,
    )


def sign_in(page, url: str, *, role: Role = Role.CASEWORKER, on_code=lambda: None):
    """Somebody with a password, an app and recovery codes, signed in with the first two."""
    user = UserFactory(role=role)
    RecoveryCodes.activate(user)
    page.goto(f"{url}/aanmelden/wachtwoord/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()
    page.get_by_label("Code").wait_for()
    on_code()
    page.get_by_label("Code").fill(code_of_the_app())
    page.get_by_role("button", name="Meld je aan").click()
    page.wait_for_url(lambda address: "/aanmelden/" not in address)
    return user


def confirm_and_add_key(page, url: str) -> None:
    """Confirm who it is with the password, then add a security key that the browser plays."""
    page.goto(f"{url}/aanmelden/bevestig/?next=/beveiliging/sleutels/nieuw/")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bevestig").click()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    played = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": played | {"isUserVerified": True}})
    page.get_by_label("Naam van de sleutel").fill("Aan mijn sleutelbos")
    page.locator("main form button").click()
    page.wait_for_url(lambda address: "/nieuw/" not in address)
