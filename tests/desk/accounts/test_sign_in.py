"""Signing in: one answer for every failure, a second factor, the terms of a session."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from desk.accounts.hashing import CountingHasher
from desk.factories.accounts import (
    PASSWORD,
    TOTP_SECRET,
    OrganisationFactory,
    UserFactory,
    code_of_the_app,
    has_app,
)
from koempel.desk.accounts.models import Organisation
from koempel.desk.accounts.session import (
    ABSOLUTE_S,
    IDLE_S,
    SIGNED_IN_AT,
    seen_cookie,
    seen_cookie_name,
)
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.mail.models import LINK, Mail

pytestmark = pytest.mark.django_db

SIGN_IN = "/aanmelden/wachtwoord/"
WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar."


def attempt(client, email, password="niet het juiste wachtwoord"):
    return client.post(SIGN_IN, {"login": email, "password": password})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_password_alone_does_not_open_the_desk(client):
    user = UserFactory()
    answer = attempt(client, user.email, PASSWORD)
    assert (answer.url, signed_in(client)) == ("/aanmelden/code/", False)


def test_password_and_code_open_the_desk(client):
    user = UserFactory()
    attempt(client, user.email, PASSWORD)
    answer = client.post("/aanmelden/code/", {"code": code_of_the_app()})
    assert (answer.url, signed_in(client)) == ("/", True)
    assert AuditEvent.objects.get().objects_seen == [str(user.pk)]


def test_wrong_code_keeps_the_desk_closed(client):
    user = UserFactory()
    attempt(client, user.email, PASSWORD)
    right = code_of_the_app()
    answer = client.post("/aanmelden/code/", {"code": "000000" if right != "000000" else "111111"})
    assert (answer.status_code, signed_in(client)) == (200, False)
    noted = AuditEvent.objects.get()
    assert (noted.verb, noted.outcome, noted.objects_seen) == ("sign-in", "failed", [str(user.pk)])


@pytest.fixture
def faces():
    known = UserFactory(email="bekend@koempel.invalid")
    invited = UserFactory(email="genodigd@koempel.invalid", inactive=True)
    invited.set_unusable_password()
    invited.save()
    return [known.email, "niemand@koempel.invalid", invited.email]


def test_every_failure_looks_the_same(client, faces):
    seen = {
        (answer.status_code, answer.content.decode().replace(email, "").split("<main")[1])
        for email in faces
        for answer in [attempt(client, email)]
    }
    words = {(status, _without_token(page)) for status, page in seen}
    assert len(words) == 1
    assert all(WRONG in page for _, page in words)


def _without_token(page: str) -> str:
    return page.replace(page.split('csrfmiddlewaretoken" value="')[1][:64], "")


def test_every_failure_costs_one_password_check(client, faces, settings):
    settings.PASSWORD_HASHERS = ["desk.accounts.hashing.CountingHasher"]
    known = UserFactory(email="ook-bekend@koempel.invalid")
    costs = []
    for email in [known.email, *faces[1:]]:
        CountingHasher.count = 0
        attempt(client, email)
        costs.append(CountingHasher.count)
    assert costs == [1, 1, 1]


def test_failure_is_noted_without_a_name(client, faces):
    attempt(client, faces[0])
    event = AuditEvent.objects.get()
    assert (event.verb, event.outcome, event.actor, event.objects_seen) == (
        "sign-in",
        "failed",
        None,
        [],
    )


def test_sixth_attempt_is_refused_even_with_the_right_password(client):
    user = UserFactory()
    for _ in range(5):
        attempt(client, user.email)
    answer = attempt(client, user.email, PASSWORD)
    assert "Te veel pogingen" in answer.content.decode()
    assert not signed_in(client)


def test_throttle_says_the_same_for_a_face_that_nobody_knows(client, faces):
    words = set()
    for email in faces:
        cache.clear()
        pages = [attempt(client, email).content.decode() for _ in range(6)]
        refused = ["Te veel pogingen" in page for page in pages]
        words.add((tuple(refused), _without_token(pages[-1].split("<main")[1]).replace(email, "")))
    assert [refused for refused, _ in words] == [(False,) * 5 + (True,)]


def test_closed_account_stays_outside(client):
    user = UserFactory(inactive=True)
    assert attempt(client, user.email, PASSWORD).url == "/aanmelden/gesloten/"


def test_account_of_a_stopped_organisation_stays_outside(client):
    user = UserFactory(organisation=OrganisationFactory(stopped=True))
    assert attempt(client, user.email, PASSWORD).url == "/aanmelden/gesloten/"
    assert not signed_in(client)


def test_organisation_that_stops_between_password_and_code_stays_outside(client):
    user = UserFactory()
    attempt(client, user.email, PASSWORD)
    Organisation.objects.update(is_active=False)
    client.post("/aanmelden/code/", {"code": code_of_the_app()})
    assert client.get("/").url == "/aanmelden/?next=/"


def test_link_for_a_new_password_goes_out_for_known_and_unknown_alike(client, faces):
    answers = {client.post("/wachtwoord/vergeten/", {"email": email}).url for email in faces[:2]}
    assert answers == {"/wachtwoord/vergeten/verstuurd/"}
    rows = Mail.objects.order_by("pk")
    assert [row.to for row in rows] == list(faces[:2])
    assert [row.link != "" and LINK in row.text for row in rows] == [True, False]


@pytest.mark.parametrize(
    "password",
    [
        "kort maar goed",
        "123456789123456789",
        "Koempel2026!Koempel2026!",
        "welkomwelkomwelkom",
        "heusden-zolder-123",
    ],
)
def test_weak_password_is_refused(client, password):
    user = UserFactory()
    client.force_login(user)
    twice = {"password1": password, "password2": password}
    client.post("/wachtwoord/wijzigen/", {"oldpassword": PASSWORD, **twice})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_long_password_is_taken(client):
    user = UserFactory()
    client.force_login(user)
    twice = {"password1": "zeven zwarte mijnlampen", "password2": "zeven zwarte mijnlampen"}
    client.post("/wachtwoord/wijzigen/", {"oldpassword": PASSWORD, **twice})
    user.refresh_from_db()
    assert user.check_password("zeven zwarte mijnlampen")


# second factor


@pytest.fixture
def newcomer(client):
    user = UserFactory(second_factor=False)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "path", ["/", "/aanmelden/nieuw/", "/bestaat-niet/", "/wachtwoord/wijzigen/"]
)
def test_without_second_factor_everything_leads_to_setting_it_up(client, newcomer, path):
    assert client.get(path).url == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_second_factor_is_set_up_without_asking_the_password_again(client, newcomer):
    page = client.get("/beveiliging/app/")
    secret = page.context["form"].secret
    answer = client.post("/beveiliging/app/", {"code": code_of_the_app(secret)})
    assert has_app(newcomer)
    assert client.get(answer.url).status_code == 200


def test_secret_of_second_factor_is_not_readable_in_the_database():
    user = UserFactory()
    assert TOTP_SECRET not in str(user.authenticator_set.get().data)


def test_removed_second_factor_must_be_set_up_again(client):
    client.force_login(UserFactory())
    _confirm(client)
    client.post("/beveiliging/app/weg/")
    assert client.get("/wachtwoord/wijzigen/").url == reverse("mfa_index")


def test_person_needs_no_second_factor(client):
    client.force_login(UserFactory(role=Role.PERSON, second_factor=False))
    assert client.get("/beveiliging/").status_code == 200
    assert client.get("/wachtwoord/wijzigen/").status_code == 200


def test_demonstration_needs_no_second_factor(client, settings):
    settings.DEMO = True
    client.force_login(UserFactory(second_factor=False))
    assert client.get("/wachtwoord/wijzigen/").status_code == 200


# step-up


def _confirm(client):
    client.post("/aanmelden/bevestig/", {"password": PASSWORD})


def test_sensitive_page_asks_the_password_first(client):
    client.force_login(UserFactory())
    assert client.get("/beveiliging/app/weg/").url.startswith("/aanmelden/bevestig/")
    _confirm(client)
    assert client.get("/beveiliging/app/weg/").status_code == 200


def test_confirmation_lasts_five_minutes(client):
    client.force_login(UserFactory())
    _confirm(client)
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 301
    session.save()
    assert client.get("/beveiliging/app/weg/").status_code == 302


# terms of a session


def _age(client, *, signed_in_s, seen_s):
    session = client.session
    session[SIGNED_IN_AT] = time.time() - signed_in_s
    session.save()
    cookie = seen_cookie(session.session_key, at=time.time() - seen_s)
    client.cookies[seen_cookie_name()] = cookie


@pytest.mark.parametrize(
    ("signed_in_s", "seen_s", "stays"),
    [
        (IDLE_S - 30, ABSOLUTE_S, True),
        (IDLE_S + 30, IDLE_S - 30, True),
        (IDLE_S + 60, IDLE_S + 30, False),
        (ABSOLUTE_S - 30, 1, True),
        (ABSOLUTE_S, 1, False),
    ],
)
def test_session_ends_after_its_terms(client, signed_in_s, seen_s, stays):
    client.force_login(UserFactory())
    _age(client, signed_in_s=signed_in_s, seen_s=seen_s)
    client.get("/beveiliging/")
    assert signed_in(client) is stays


def test_cookie_of_another_session_does_not_keep_this_one_alive(client):
    client.force_login(UserFactory())
    _age(client, signed_in_s=IDLE_S + 60, seen_s=0)
    client.cookies[seen_cookie_name()] = seen_cookie("another", at=time.time())
    client.get("/beveiliging/")
    assert not signed_in(client)


def test_reading_a_page_writes_nothing_for_the_terms(client, django_assert_num_queries):
    client.force_login(UserFactory())
    with django_assert_num_queries(3) as seen:
        client.get("/wachtwoord/wijzigen/")
    assert [query for query in seen if not query["sql"].startswith("SELECT")] == []


# demonstration


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_demonstration_lets_in_with_one_click(client, demo):
    user = UserFactory(demo=True)
    answer = client.post("/aanmelden/als/", {"user": user.pk, "next": "/beveiliging/"})
    assert (answer.url, signed_in(client)) == ("/beveiliging/", True)


def test_demonstration_lets_nobody_real_in(client, demo):
    assert client.post("/aanmelden/als/", {"user": UserFactory().pk}).status_code == 404


def test_real_desk_has_no_demonstration(client):
    user = UserFactory(demo=True)
    assert client.post("/aanmelden/als/", {"user": user.pk}).status_code == 404
    assert client.get("/aanmelden/?next=/beveiliging/").url == f"{SIGN_IN}?next=%2Fbeveiliging%2F"


def test_after_signing_in_nobody_is_sent_to_a_foreign_site(client, demo):
    user = UserFactory(demo=True)
    answer = client.post("/aanmelden/als/", {"user": user.pk, "next": "https://elders.invalid/"})
    assert answer.url == "/"
