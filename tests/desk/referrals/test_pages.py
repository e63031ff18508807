"""Pages of toeleiding: who sees what, two clicks for an answer, a refusal that becomes a search."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import AccessGrantFactory, UserFactory
from desk.factories.referrals import ReferralFactory
from desk.planning.world import far_vacancy, make_bikes, open_now, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.referrals.models import Referral

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=3)


def url(name, **keys):
    return reverse(f"referrals:{name}", kwargs=keys)


def read(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def referral(town) -> Referral:
    (made,) = town.refer(at=timezone.now(), message="Werkt graag buiten.")
    return made


@pytest.fixture
def director(db):
    return UserFactory(role=Role.DIRECTOR)


def test_employer_reads_name_and_message_and_never_the_number(client, town, referral):
    pages = [read(client, town.boss, each) for each in (url("list"), url("file", pk=referral.pk))]

    assert all("Yara Stutvinder" in page for page in pages)
    assert "Werkt graag buiten." in pages[1]
    assert [page for page in pages if town.person.case_number in page] == []


def test_name_goes_when_there_is_nothing_to_call_about_any_more(client, town, referral):
    Referral.objects.update(state="NOT_HIRED", due_on=None, reason="FILLED")

    page = read(client, town.boss, url("file", pk=referral.pk))

    assert "Yara" not in page
    assert "Een kandidaat" in page


def test_director_reads_numbers_and_no_names_or_words(client, town, referral, director):
    pages = [read(client, director, each) for each in (url("list"), url("file", pk=referral.pk))]

    assert all(town.person.case_number in page for page in pages)
    assert [page for page in pages if "Yara" in page or "graag buiten" in page] == []
    assert "Ga niet verder" not in pages[1]


def test_referral_of_another_employer_is_as_absent(client, referral):
    other = UserFactory(role=Role.EMPLOYER)
    client.force_login(other)

    answers = [client.get(url("file", pk=pk)) for pk in (referral.pk, 999_999)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_employer_invites_in_two_clicks_and_undoes_it(client, town, referral):
    page = read(client, town.boss, url("file", pk=referral.pk))
    assert "Nodig uit voor een gesprek" in page
    form = {"day": str(SOON), "hour": "10:30", "place": "Schachtstraat 1"}

    done = client.post(url("step", pk=referral.pk, step="invite"), form, follow=True)

    referral.refresh_from_db()
    assert timezone.localtime(referral.talk_at).strftime("%d/%m %H:%M") == f"{SOON:%d/%m} 10:30"
    assert "De uitnodiging staat genoteerd." in done.content.decode()
    client.post(url("undo", pk=referral.pk))
    referral.refresh_from_db()
    assert (referral.state, referral.talk_at) == ("REFERRED", None)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"day": "2026-01-05", "hour": "10:30", "place": "Hier"}, "Die dag is voorbij"),
        ({"day": str(SOON), "hour": "26:00", "place": "Hier"}, "Voer een geldige tijd in"),
        ({"day": str(SOON), "hour": "9:00", "place": ""}, "Vul dit in."),
        ({"day": str(SOON), "hour": "9:00", "place": "85.07.30-033.28"}, "rijksregisternummer"),
    ],
    ids=["past", "no hour", "no place", "national number"],
)
def test_faulty_invitation_says_what_is_wrong_and_keeps_the_input(
    client, town, referral, form, says
):
    client.force_login(town.boss)

    answer = client.post(url("step", pk=referral.pk, step="invite"), form)

    referral.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, referral.state) == (422, "REFERRED")
    assert says in page
    assert form["day"] in page


def test_form_sent_twice_is_one_step(client, town, referral):
    client.force_login(town.boss)
    form = {"day": str(SOON), "hour": "9:00", "place": "Hier", "sleutel": "eens"}

    for _ in range(2):
        client.post(url("step", pk=referral.pk, step="invite"), form)

    assert referral.events.count() == 2


@pytest.mark.parametrize(
    ("reason", "searches"),
    [("NO_TRANSPORT", True), ("DUTCH", True), ("NO_CHILDCARE", True), ("SOMEBODY_ELSE", False)],
)
def test_refusal_becomes_a_search_for_who_guides(client, town, referral, reason, searches):
    client.force_login(town.boss)
    client.post(url("step", pk=referral.pk, step="decline"), {"reason": reason})

    of_guide = read(client, town.guide, url("file", pk=referral.pk))
    of_boss = read(client, town.boss, url("file", pk=referral.pk))

    assert ("Bekijk alle ondersteuning" in of_guide) is searches
    assert "ondersteuning" not in of_boss


def test_candidates_stand_by_what_they_need(client, town):
    with acting(system("test")):
        vacancy = far_vacancy(title="Plukker", **open_now())
        make_bikes(3)
        near = seeker(town.guide, first_name="Ella", lon=5.3801)
        seeker(town.guide, first_name="Remi", modes=[])
        seeker(town.guide, first_name="Otto", wants=["2166"], modes=[])
        seeker(town.guide, first_name="Nora", status="PLACED")

    page = read(client, town.guide, url("candidates", number=vacancy.number))

    today, rest = page.split("Kunnen beginnen met ondersteuning")
    with_levers, others = rest.split("Kunnen nu nog niet")
    assert near.name in today
    assert ("Remi" in with_levers, "Remi" in today) == (True, False)
    assert "Otto" in others
    assert "Nora" not in page


def test_several_candidates_are_referred_with_one_button(client, town):
    with acting(system("test")):
        second = seeker(town.guide)
    client.force_login(town.guide)
    numbers = [town.person.case_number, second.case_number]

    done = client.post(
        url("candidates", number=town.vacancy.number),
        {"who": numbers, "message": "Allebei vroege vogels."},
        follow=True,
    )

    assert "2 mensen verwezen naar Inpakker." in done.content.decode()
    assert sorted(Referral.objects.values_list("case_number", "message")) == sorted(
        (number, "Allebei vroege vogels.") for number in numbers
    )


@pytest.mark.parametrize("who", ["foreign", "nobody"])
def test_only_people_within_reach_can_be_ticked(client, town, who):
    with acting(system("test")):
        stranger = seeker(UserFactory(role=Role.CASEWORKER))
    client.force_login(town.guide)
    chosen = {"foreign": [stranger.case_number], "nobody": []}[who]

    answer = client.post(url("candidates", number=town.vacancy.number), {"who": chosen})

    assert answer.status_code == 422
    assert not Referral.objects.exists()


def test_who_lacks_the_right_cannot_be_ticked(client, town):
    with acting(system("test")):
        town.vacancy.measures = ["COLLECTIVE_MAATWERK"]
        town.vacancy.save()

    page = read(client, town.guide, url("candidates", number=town.vacancy.number))

    assert "Heeft het recht niet dat deze vacature vraagt." in page
    assert f'value="{town.person.case_number}"' not in page


@pytest.mark.parametrize(
    ("classes", "is_worked_out"),
    [(["K2", "K3", "K4"], False), (["K2", "K3", "K4", "K5", "K6"], True)],
)
def test_nothing_is_worked_out_of_what_was_not_shared(client, town, classes, is_worked_out):
    mediator = UserFactory(role=Role.MEDIATOR)
    now = timezone.now()
    AccessGrantFactory(
        person=town.person.case_number,
        to_organisation=mediator.organisation,
        given_by=town.guide,
        classes=classes,
        valid_from=now - timedelta(days=1),
        valid_until=now + timedelta(days=9),
    )

    candidates = read(client, mediator, url("candidates", number=town.vacancy.number))
    seats = read(client, mediator, url("seats", case=town.person.case_number))

    assert (town.person.case_number in candidates) is is_worked_out
    assert ("Te weinig gedeeld" in seats) is not is_worked_out
    assert ("Inpakker" in seats) is is_worked_out


def test_person_is_referred_to_a_seat_within_reach(client, town):
    address = url("seats", case=town.person.case_number)
    page = read(client, town.guide, address)
    assert "1 vacature binnen bereik" in page

    done = client.post(address, {"vacancy": town.vacancy.number, "message": ""}, follow=True)

    assert "Yara Stutvinder is verwezen naar Inpakker." in done.content.decode()
    assert Referral.objects.get().made_by == town.guide
    assert "Geen vacature binnen bereik" in read(client, town.guide, address)


def test_case_and_vacancy_lead_to_toeleiding(client, town, referral):
    case = read(client, town.guide, reverse("people:file", args=[town.person.case_number]))
    job = read(client, town.guide, reverse("jobs:file", args=[town.vacancy.number]))

    assert url("file", pk=referral.pk) in case
    assert url("seats", case=town.person.case_number) in case
    assert url("candidates", number=town.vacancy.number) in job


def test_what_is_silent_waits_for_guide_and_director(client, town, director):
    ReferralFactory(late=True, case_number=town.person.case_number, vacancy=town.vacancy)
    for number in range(6):
        ReferralFactory(late=True, case_number=f"K-222{number}", vacancy=town.vacancy)

    guide = read(client, town.guide, reverse("waiting:page"))
    overview = read(client, director, reverse("overview:board"))
    boss = read(client, town.boss, reverse("waiting:page"))

    assert "Verwijzingen zonder antwoord" in guide
    assert "7 verwijzingen zonder antwoord" in overview
    assert "Yara Stutvinder" in boss
    assert town.person.case_number not in overview + boss


def test_list_tells_late_from_open_from_over(client, town):
    ReferralFactory(late=True, case_number=town.person.case_number, vacancy=town.vacancy)
    client.force_login(town.guide)

    shown = {
        choice: "één verwijzing" in client.get(f"{url('list')}?wacht={choice}").content.decode()
        for choice in ("ja", "laat", "nee")
    }

    assert shown == {"ja": True, "laat": True, "nee": False}
