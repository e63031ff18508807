"""Signing in elsewhere: claims become an organisation and a role, or a clear refusal."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from desk.accounts.fake_provider import PROVIDERS, Session
from desk.factories.accounts import OrganisationFactory, UserFactory
from koempel.desk.accounts.claims import ClaimError, identity_of, role_rules
from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role
from koempel.desk.web.views.accounts.outside import STATES
from koempel.region.parameters import Status

KBO, OTHER_KBO = "0207537123", "0999999999"
TODAY = date(2026, 11, 23)
CLAIMS = {
    "vo_id": "3f2c-invented",
    "vo_doelgroepcode": "LB",
    "vo_orgcode": "0207.537.123",
    "koempel_rol_3d": [f"KoempelBegeleider-lokaal:{KBO}"],
    "given_name": "Bram",
    "family_name": "Koolstof",
    "rrn": "never to be kept",
}


def test_claims_say_who_for_whom_and_as_what():
    identity = identity_of(CLAIMS, on=TODAY)
    assert (identity.subject, identity.name, identity.org_code, identity.role) == (
        "3f2c-invented",
        "Bram Koolstof",
        KBO,
        Role.CASEWORKER,
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"vo_id": ""}, "voor welke organisatie"),
        ({"vo_orgcode": None}, "voor welke organisatie"),
        ({"koempel_rol_3d": []}, "geen rol"),
        ({"koempel_rol_3d": "KoempelBegeleider:0999999999"}, "geen rol"),
        ({"koempel_rol_3d": f"KoempelBaas:{KBO}"}, "geen rol"),
        ({"vo_doelgroepcode": "EA"}, "geen rol"),
    ],
)
def test_claims_that_do_not_fit_give_no_place(change, why):
    with pytest.raises(ClaimError, match=why):
        identity_of({**CLAIMS, **change}, on=TODAY)


def test_role_counts_in_its_term_only():
    with pytest.raises(ClaimError, match="geen rol"):
        identity_of(CLAIMS, on=date(2025, 12, 31))


def test_of_several_roles_the_first_row_of_the_table_counts():
    both = [f"KoempelBegeleider-lokaal:{KBO}", f"KoempelRegisseur-lokaal:{KBO}"]
    for held in (both, both[::-1]):
        claims = {**CLAIMS, "koempel_rol_3d": [*held, "KoempelOpvang:0999999999"]}
        assert identity_of(claims, on=TODAY).role == Role.DIRECTOR


def test_every_role_says_where_its_name_comes_from():
    unsure = [rule for rule in role_rules() if rule.status is Status.DRAFT]
    assert unsure, "nobody confirmed them yet"
    assert all(rule.source for rule in role_rules())


def test_operator_reads_which_names_are_not_confirmed(client, db):
    client.force_login(UserFactory(role=Role.OPERATOR))
    rows = client.get("/beheer/rollen/").context["rows"]
    assert len(rows) == len(role_rules())
    assert rows[0] == {
        "claim": "KoempelRegisseur",
        "group": "lokaal bestuur (LB)",
        "role": "regisseur",
        "since": date(2026, 1, 1),
        "source": "voorstel van Koempel, af te spreken bij de aansluiting op ACM/IDM",
        "status": STATES[Status.DRAFT],
    }


def test_no_role_of_the_desk_itself_comes_from_outside():
    assert {rule.role for rule in role_rules()} & {Role.OPERATOR, Role.DPO, Role.ANONYMOUS} == set()


# the whole way


def go_there(client) -> str:
    """Leave for the provider; gives the state to come back with."""
    start = parse_qs(urlparse(client.post("/aanmelden/elders/vo/").url).query)
    assert start["code_challenge_method"] == ["S256"]
    return start["state"][0]


def come_back(client, state: str):
    return client.get("/aanmelden/elders/vo/terug/", {"code": "x", "state": state})


@pytest.fixture
def provider(settings, client, db):
    settings.SOCIALACCOUNT_ADAPTER = "desk.accounts.fake_provider.FakeAdapter"
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS

    def sign_in(**change):
        Session.claims, Session.asked = {**CLAIMS, **change}, []
        return come_back(client, go_there(client))

    return sign_in


@pytest.fixture
def office(db):
    return OrganisationFactory(org_code=KBO)


def test_known_organisation_lets_in_without_asking_more(provider, client, office):
    assert provider().url == "/"
    user = User.objects.get()
    assert (user.name, user.role, user.organisation) == ("Bram Koolstof", Role.CASEWORKER, office)
    assert client.get("/wachtwoord/kiezen/").status_code == 200
    assert not any("userinfo" in url for url in Session.asked)


def test_nothing_of_the_claims_is_kept(provider, office):
    for _ in range(2):
        provider()
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_role_taken_away_outside_is_gone_here(provider, client, office):
    provider()
    client.post("/afmelden/")
    provider(koempel_rol_3d=[f"KoempelRegisseur:{KBO}"])
    assert User.objects.get().role == Role.DIRECTOR


def test_unknown_organisation_gets_a_clear_page(provider, client):
    answer = provider()
    assert answer.status_code == 403
    assert f"(KBO-nummer {KBO}) werkt nog niet mee" in answer.content.decode()
    assert not User.objects.exists()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "change", [{"koempel_rol_3d": []}, {"koempel_rol_3d": [f"KoempelBegeleider:{OTHER_KBO}"]}]
)
def test_without_a_role_for_this_organisation_nobody_enters(provider, client, office, change):
    answer = provider(**change)
    assert answer.status_code == 403
    assert "nog geen rol voor deze organisatie" in answer.text
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_way_back_works_once(provider, client, office):
    provider()
    client.post("/afmelden/")
    state = go_there(client)
    come_back(client, state)
    client.post("/afmelden/")
    assert "antwoordde niet zoals het hoort" in come_back(client, state).text
    assert not is_signed_in(client)


def test_way_back_ends_after_ten_minutes(provider, client, office):
    state = go_there(client)
    session = client.session
    session["socialaccount_states"][state][1] -= 601
    session.save()
    assert "antwoordde niet zoals het hoort" in come_back(client, state).text
    assert not is_signed_in(client)


def test_way_back_of_another_browser_is_closed(provider, client, office):
    state = go_there(client)
    other = Client()
    assert "antwoordde niet zoals het hoort" in come_back(other, state).text
    assert not is_signed_in(other)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_stopped_organisation_gives_no_place(provider):
    OrganisationFactory(org_code=KBO, stopped=True)
    assert provider().status_code == 403


def test_closed_account_stays_closed(provider, client, office):
    provider()
    client.post("/afmelden/")
    User.objects.update(is_active=False)
    assert provider().url == "/aanmelden/gesloten/"


def test_account_of_somebody_else_is_not_taken_over(provider, office):
    UserFactory(email="bram@koempel.invalid")
    answer = provider(email="Bram@koempel.invalid")
    assert (answer.status_code, User.objects.count()) == (403, 1)


def test_nobody_signs_up_alone(client, db):
    page = client.get("/aanmelden/nieuw/")
    assert "Een beheerder van je gemeente maakt je account" in page.content.decode()
