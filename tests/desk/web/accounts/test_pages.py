"""Pages of the operator and the privacy officer."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk.factories.accounts import (
    PASSWORD,
    BreakGlassFactory,
    OrganisationFactory,
    RoleRequestFactory,
    UserFactory,
)
from koempel.desk.accounts.actions import open_break_glass
from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.operations.duties import sweep_sessions
from koempel.desk.web.views.accounts.oversight import AuditPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_desk(settings):
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def enter(client):
    """Signs somebody in who confirmed it a moment ago."""

    def as_user(user, *, confirmed=True):
        client.force_login(user)
        if confirmed:
            client.post("/aanmelden/bevestig/", {"password": PASSWORD})
        return user

    return as_user


@pytest.fixture
def operators():
    return [UserFactory(role=Role.OPERATOR) for _ in range(2)]


def newcomer(organisation):
    return {
        "name": "Nel Nieuwman",
        "email": "nel@koempel.invalid",
        "organisation": organisation.pk,
        "role": Role.CASEWORKER,
    }


def test_invitation_takes_two_operators_and_ends_with_a_password(
    client, enter, operators, settings
):
    settings.MAIL = "smtp"
    enter(operators[0])
    page = client.post("/beheer/gebruikers/nieuw/", newcomer(OrganisationFactory())).url
    client.post(page, {"doe": "geef"})
    assert not Mail.objects.exists()
    enter(operators[1])
    client.post(page, {"doe": "geef"})
    send_due(timezone.now())
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["nel@koempel.invalid"], "Je account in Koempel")
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    client.post("/afmelden/")
    form = client.get(link, follow=True).context["action_url"]
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(form, twice)
    assert User.objects.get(email="nel@koempel.invalid").check_password(PASSWORD)
    assert "werkt niet meer" in client.get(link, follow=True).content.decode()


def test_second_invitation_replaces_the_one_that_waits(client, enter, operators):
    asked = RoleRequestFactory(asked_by=operators[0])
    asked.user.set_unusable_password()
    asked.user.save()
    enter(operators[1])
    page = f"/beheer/gebruikers/{asked.user_id}/"
    client.post(page, {"doe": "geef"})
    client.post(page, {"doe": "nodig-uit"})
    first, second = Mail.objects.order_by("pk")
    assert (first.state, first.text, first.link) == ("DROPPED", "", "")
    assert (second.state, second.to, second.by) == ("WAITING", asked.user.email, operators[1])


def test_operator_confirms_who_it_is_before_a_role_changes(client, enter, operators):
    asked = RoleRequestFactory(asked_by=operators[0])
    enter(operators[1], confirmed=False)
    page = f"/beheer/gebruikers/{asked.user_id}/"
    assert client.post(page, {"doe": "geef"}).url.startswith("/aanmelden/bevestig/?next=")
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_refused_invitation_keeps_what_was_typed(client, enter, operators):
    enter(operators[0])
    other = UserFactory(email="nel@koempel.invalid")
    answer = client.post("/beheer/gebruikers/nieuw/", newcomer(other.organisation))
    page = answer.content.decode()
    assert (answer.status_code, "Er is al een account" in page, "Nel Nieuwman" in page) == (
        422,
        True,
        True,
    )


def test_own_page_has_no_buttons(client, enter, operators):
    enter(operators[0])
    page = client.get(f"/beheer/gebruikers/{operators[0].pk}/")
    assert (page.context["changes"], page.context["head"].next_step) == ((), None)


def test_closing_an_account_ends_its_sessions(client, enter, operators):
    user = UserFactory()
    other = client.__class__()
    other.force_login(user)
    enter(operators[0])
    client.post(f"/beheer/gebruikers/{user.pk}/", {"doe": "sluit"})
    assert other.get("/beveiliging/").status_code == 302


@pytest.mark.parametrize(
    ("state", "names"),
    [("open", {"Open"}), ("wacht", {"Wacht"}), ("gesloten", {"Gesloten"})],
)
def test_users_are_found_by_state(client, enter, operators, state, names):
    organisation = OrganisationFactory(name="Gemeente Zoekhier")
    UserFactory(name="Open", organisation=organisation)
    UserFactory(name="Gesloten", organisation=organisation, inactive=True)
    waits = UserFactory(name="Wacht", organisation=organisation)
    RoleRequestFactory(user=waits, asked_by=operators[0])
    enter(operators[0])
    page = client.get("/beheer/gebruikers/", {"stand": state, "zoek": "zoekhier"})
    keys = [line.key for line in page.context["list"].lines]
    assert {user.name for user in User.objects.filter(pk__in=keys)} == names


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("path", "role", "make", "queries"),
    [
        ("/beheer/gebruikers/", Role.OPERATOR, UserFactory, 6),
        ("/beheer/organisaties/", Role.OPERATOR, OrganisationFactory, 5),
        ("/toezicht/noodtoegang/", Role.DPO, BreakGlassFactory, 5),
    ],
)
def test_lists_take_the_same_queries_for_any_number_of_rows(
    client, enter, path, role, make, queries, count
):
    enter(UserFactory(role=role), confirmed=False)
    make.create_batch(count)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    # PostgreSQL adds the savepoints of a request in a transaction.
    assert sum(each["sql"].startswith("SELECT") for each in seen) == queries


def test_organisation_is_added_and_changed(client, enter, operators):
    enter(operators[0])
    data = {"name": "Logis Noord", "kind": "EMPLOYER", "is_active": "on"}
    client.post("/beheer/organisaties/nieuw/", data)
    made = Organisation.objects.get(name="Logis Noord")
    client.post(f"/beheer/organisaties/{made.pk}/", {**data, "name": "Logis Zuid"})
    made.refresh_from_db()
    assert made.name == "Logis Zuid"


def test_number_of_an_organisation_is_checked_and_read_as_people_write_it(client, enter, operators):
    enter(operators[0])
    data = {"name": "Logis Noord", "kind": "EMPLOYER", "is_active": "on"}
    new = "/beheer/organisaties/nieuw/"
    wrong = client.post(new, {**data, "org_code": "0403.019.262"})
    assert "Dit is geen geldig ondernemingsnummer" in wrong.content.decode()
    client.post(new, {**data, "org_code": "BE 0403.019.261"})
    made = Organisation.objects.get(name="Logis Noord")
    assert made.org_code == "0403019261"
    page = client.get(f"/beheer/organisaties/{made.pk}/").content.decode()
    assert 'value="0403.019.261"' in page
    again = client.post(new, {**data, "name": "Logis West", "org_code": "0403019261"})
    assert "Er is al een organisatie met dit KBO-nummer." in again.content.decode()


@pytest.mark.parametrize(
    ("path", "field", "data"),
    [
        ("/beheer/organisaties/nieuw/", "name", {"kind": "EMPLOYER", "is_active": "on"}),
        ("/beheer/gebruikers/nieuw/", "name", {"email": "nel@koempel.invalid"}),
    ],
)
def test_no_national_number_in_a_name(client, enter, operators, path, field, data):
    enter(operators[0])
    page = client.post(path, {**data, field: "Nel 85.07.30-033.28"}).content.decode()
    assert "Hier staat een rijksregisternummer in" in page


# emergency access and the trail


def test_officer_reviews_emergency_access(client, enter):
    officer = enter(UserFactory(role=Role.DPO), confirmed=False)
    opened = BreakGlassFactory()
    url = f"/toezicht/noodtoegang/{opened.pk}/"
    page = client.get(url).content.decode()
    assert [text for text in (opened.reason, opened.user.name) if text not in page] == []
    client.post(url, {"verdict": "De oproep staat in het verslag."})
    opened.refresh_from_db()
    assert (opened.reviewed_by, opened.verdict) == (officer, "De oproep staat in het verslag.")


def test_looking_at_the_trail_is_noted_in_it(client, enter):
    officer = enter(UserFactory(role=Role.DPO), confirmed=False)
    page = client.get("/toezicht/auditspoor/")
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("accounts:audit", officer.pk)
    assert [line.who for line in page.context["list"].page.project(None, [event])] == [officer.name]


def test_trail_says_in_words_what_was_seen(client, enter):
    enter(UserFactory(role=Role.DPO), confirmed=False)
    event = AuditEvent(at=timezone.now(), role=Role.DPO, classes=["K3", "K4"], outcome=audit.DONE)

    (line,) = AuditPage().project(None, [event])

    assert line.classes == "naam en contact, begeleiding"


def test_trail_is_searched_by_case(client, enter):
    enter(UserFactory(role=Role.DPO), confirmed=False)
    with acting(system("proef")):
        for number in ("K-7F3Q", "K-9ZZZ"):
            open_break_glass(number, reason="Crisis", by=UserFactory(), on=timezone.now())
    page = client.get("/toezicht/auditspoor/", {"zoek": "K-7F3Q"})
    keys = [line.key for line in page.context["list"].lines]
    assert [AuditEvent.objects.get(pk=key).objects_seen for key in keys] == [["K-7F3Q"]]


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


def at_device(user, agent):
    """A browser in which somebody signed in with the password and a code, and confirmed it."""
    client = Client(headers={"User-Agent": agent})
    client.post("/aanmelden/wachtwoord/", {"login": user.email, "password": PASSWORD})
    client.post("/aanmelden/code/", {"code": RecoveryCodes(user_codes(user)).get_unused_codes()[0]})
    client.post("/aanmelden/bevestig/", {"password": PASSWORD})
    return client


def user_codes(user):
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)


@pytest.fixture
def careful():
    user = UserFactory()
    RecoveryCodes.activate(user)
    return user


def test_account_is_ended_on_every_other_device_and_stays_here(careful):
    office, phone = at_device(careful, FIREFOX), at_device(careful, SAFARI)
    address = "/beveiliging/toestellen/"

    page = office.get(address).content.decode()
    assert "Firefox op Windows" in page
    assert "Safari op een iPhone" in page
    assert office.post(address).url == address

    assert "Je bent nu alleen nog hier aangemeld." in office.get(address).content.decode()
    assert "Je bent alleen hier aangemeld." in office.get(address).content.decode()
    assert phone.get("/beveiliging/").url.startswith("/aanmelden/")


def test_devices_of_others_are_neither_shown_nor_ended(careful):
    other = UserFactory()
    RecoveryCodes.activate(other)
    mine, theirs = at_device(careful, FIREFOX), at_device(other, SAFARI)

    assert "Je bent alleen hier aangemeld." in mine.get("/beveiliging/toestellen/").content.decode()
    mine.post("/beveiliging/toestellen/")

    assert theirs.get("/beveiliging/").status_code == 200


def test_device_is_forgotten_in_the_night_after_its_session_ended(careful):
    gone, stays = at_device(careful, SAFARI), at_device(careful, FIREFOX)
    gone.post("/afmelden/")

    sweep_sessions(timezone.now())

    (row,) = UserSession.objects.all()
    assert row.session_key == stays.session.session_key
