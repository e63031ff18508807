"""What the pages of the invented region need besides: something of each kind to open."""

from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import timezone

from desk.examples import Stand
from desk.factories.accounts import PASSWORD, AccessGrantFactory, UserFactory, code_of_the_app
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import wish
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
)
from desk.placements import examples as placements
from desk.planning.world import (
    FIT,
    UNWANTED,
    as_guide,
    far_vacancy,
    make_bikes,
    open_now,
    plan_now,
    seeker,
)
from desk.referrals import examples as referrals
from desk.transitions import examples as transitions
from desk.web import examples as plans
from desk.work import examples as work
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.actions import book_lever, request_lever, set_capacity
from koempel.desk.levers.models import Lever
from koempel.desk.partners.models import Village
from koempel.desk.people.models import Person
from koempel.desk.planning.actions import accept_proposal, keep_scenario, refuse_proposal
from koempel.desk.planning.models import PlanRun, Proposal, Scenario
from koempel.desk.planning.sheets import make_sheet_link
from koempel.desk.planning.what_ifs import board_of
from koempel.region.outcome import LeverKind

Addresses = dict[str, list[str]]
"""Of who opens them, what no link leads to, or what looks otherwise for each object."""


def fill_desk(desk) -> Addresses:
    """Something of each kind to open; gives the addresses that must be known."""
    other = fill_cases(desk)
    decided = fill_proposals(desk)
    scenario = make_scenario(desk)
    guide, case = desk.who(Role.CASEWORKER), decided[0]
    bikes = Lever.objects.filter(kind="BIKE").order_by("pk")[0]
    number = Vacancy.objects.filter(state="PUBLISHED")[0].number
    hand_over = reverse("people:hand-over")
    what_if = [f"{reverse(name)}?L-{bikes.pk}=30" for name in ("plan:what-if", "plan:curve")]
    link = make_sheet_link(case, by=guide, at=timezone.now())
    return {
        Role.CASEWORKER: _of_guide(guide, decided, number, bikes),
        Role.SOCIAL_WORKER: [f"{hand_over}?dossier={other.pk}"],
        Role.DIRECTOR: [
            *what_if,
            reverse("jobs:reach", args=[number]),
            reverse("referrals:refusal-rows", kwargs=referrals.reason(guide, Stand.OWN)),
            reverse("plan:failed-export", args=["csv"]),
            reverse("plan:scenario", args=[scenario.pk]),
            reverse("plan:progress", kwargs=plans.planning(desk.who(Role.DIRECTOR), Stand.OWN)),
        ],
        Role.DPO: [
            *what_if,
            reverse("plan:replay-progress", kwargs=plans.replaying(desk.who(Role.DPO), Stand.OWN)),
        ],
        Role.OPERATOR: [reverse("accounts:user-role", args=[desk.who(Role.EMPLOYER).pk])],
        Role.SOCIAL_ENTERPRISE: [
            reverse(
                "transitions:sign",
                kwargs=transitions.agreement(desk.who(Role.SOCIAL_ENTERPRISE), Stand.OWN),
            ),
        ],
        "visitor": _by_link(guide, link),
    }


def _of_guide(guide, decided, number, bikes) -> list[str]:
    case = decided[0]
    return [
        *(reverse("proposals:file", args=[person.pk]) for person in decided),
        f"{reverse('people:hand-over')}?dossier={case.pk}",
        f"{reverse('levers:book', args=[bikes.pk])}?dossier={case.pk}",
        reverse("referrals:step", kwargs=referrals.step(guide, Stand.OWN)),
        reverse("placements:answer", kwargs=placements.answer(guide, Stand.OWN)),
        reverse("placements:file", kwargs=placements.placement(guide, Stand.OWN)),
        f"{reverse('referrals:withdraw')}?verwijzing={referrals.talk(guide, Stand.OWN)['pk']}",
        reverse("referrals:talk", kwargs=referrals.talk(guide, Stand.OWN)),
        reverse("referrals:step", kwargs=referrals.offer(guide, Stand.OWN)),
        reverse("referrals:candidates", args=[number]),
        reverse("referrals:seats", args=[decided[2].pk]),
        reverse("transitions:step", kwargs=transitions.step(guide, Stand.OWN)),
        reverse("transitions:follow", args=[decided[2].pk]),
        reverse("transitions:agreement", kwargs=transitions.agreement(guide, Stand.OWN)),
        reverse("transitions:agree", kwargs=transitions.agreement(guide, Stand.OWN)),
        reverse("transitions:matching", kwargs=transitions.matching(guide, Stand.OWN)),
        reverse("people:import-work", kwargs=work.reading(guide, Stand.OWN)),
        reverse("people:import-done", kwargs=work.was_read(guide, Stand.OWN)),
    ]


def _by_link(guide, sheet) -> list[str]:
    return [
        reverse("person-sheet", args=[sheet]),
        reverse("referral-answer", kwargs=referrals.link(guide, Stand.OWN)),
        reverse("follow-up-answer", kwargs=placements.link(guide, Stand.OWN)),
        *(reverse(name, args=["71070"]) for name in ("feed:page", "feed:json", "feed:atom")),
        reverse("referral-slots", kwargs=referrals.choice(guide, Stand.OWN)),
        reverse("transition-sign", kwargs=transitions.link(guide, Stand.OWN)),
        reverse("transition-sign-pdf", kwargs=transitions.link(guide, Stand.OWN)),
    ]


def fill_cases(desk) -> Person:
    """Somebody on top of each guide's list with all that a case can hold, and a few bookings.

    Gives the one of the last guide.
    """
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
    return person


def fill_proposals(desk) -> list[Person]:
    """Three people with a proposal: the first is accepted, the second refused, the third waits."""
    people = accepted, refused, _ = [make_seeker(desk) for _ in range(3)]
    make_jobs(near=20, far=20)
    plan_now()
    guide = desk.who(Role.CASEWORKER)
    with as_guide(guide):
        keys = {person: Proposal.objects.get(person=person, state="OPEN").pk for person in people}
        accept_proposal(keys[accepted], FIT, by=guide, at=timezone.now())
        refuse_proposal(keys[refused], UNWANTED, by=guide, at=timezone.now())
    return people


def make_seeker(desk, **facts) -> Person:
    """Somebody of the caseworker who can start today in a job, and has no bike to get there."""
    guide, now = desk.who(Role.CASEWORKER), timezone.now()
    today = timezone.localdate(now)
    # The stamp of the change tells the planner that there is somebody new.
    return seeker(guide, modes=[], available_from=today, changed_at=now, **facts)


def make_jobs(*, near: int, far: int, bikes: int | None = None) -> None:
    """Seats next door and half an hour away by bike, with a bike for each unless said otherwise."""
    if near:
        VacancyFactory(title="Inpakker van mijnlampen", seats=near, **open_now())
    far_vacancy(title="Plukker van kolenbloemen", seats=far, **open_now())
    make_bikes(far if bikes is None else bikes)


def make_scenario(desk) -> Scenario:
    """A what-if on the latest plan that the director kept."""
    run = PlanRun.objects.latest("pk")
    board = board_of(run)
    bikes = next(each for each in board.levers.values() if each.kind == LeverKind.BIKE)
    answer = board.answer(board.changes({bikes.id: bikes.capacity + 10}))
    director = desk.who(Role.DIRECTOR)
    return keep_scenario("Tien fietsen meer", run, answer, by=director, at=timezone.now())


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
