"""Pages of proposals, through the real doors."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.people import PersonFactory
from desk.planning.world import far_vacancy, make_bikes, open_now, plan_now, seeker, states
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.models import Person
from koempel.desk.planning.models import Decision, SheetLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(db):
    return UserFactory(role=Role.CASEWORKER, name="An Lampenman")


@pytest.fixture
def client(guide):
    return client_of(guide)


def client_of(user):
    found = Client()
    found.force_login(user)
    return found


@pytest.fixture
def person(guide):
    with acting(system("test")):
        person = seeker(guide, modes=[], first_name="Yara", available_from=timezone.localdate())
        far_vacancy(title="Inpakker", **open_now())
        VacancyFactory(title="Plukker", wage="", **open_now())
        make_bikes(1)
    plan_now()
    return person


def url(person, rest=""):
    return f"/mensen/{person.pk}/voorstel/{rest}"


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def decision(answer, **more):
    """What a browser sends of the form on a page."""
    pattern = r'<input type="hidden" name="(proposal|opened)" value="([^"]*)"'
    hidden = dict(re.findall(pattern, answer.content.decode()))
    return {"what": "ACCEPT", "reason": "FITS", "motivation": "", "disagrees": "", **hidden, **more}


def job_of(title):
    return Vacancy.objects.get(title=title).number


def proposed(person):
    return states()[0][0]


def test_the_list_shows_who_waits_for_a_decision(client, person):
    answer = client.get("/voorstellen/")

    assert answer.status_code == 200
    assert f"{person.name} {person.pk}" in text(answer)
    assert "één voorstel" in text(answer)


def test_an_empty_list_says_what_comes_first(client):
    assert "Zodra een plan is gemaakt" in text(client.get("/voorstellen/"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_questions(count, client, guide):
    with acting(system("test")):
        for _ in range(count):
            seeker(guide, available_from=timezone.localdate())
        VacancyFactory(seats=count, **open_now())
    plan_now()
    client.get("/voorstellen/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/voorstellen/")
    assert len(asked) == 20


def test_the_page_says_what_why_and_what_else(client, person):
    said = text(client.get(url(person)))

    assert f"{proposed(person)} bij Bakkerij Kolenbrood" in said
    assert "Waarom dit voorstel?" in said
    assert "Andere wegen voor Yara" in said
    assert "Jij beslist. Koempel stelt voor." in said


def test_accepting_on_the_page_holds_everything_and_can_be_undone(client, person, guide):
    page = client.get(url(person))

    client.post(url(person), decision(page))

    assert states()[0][1] == "ACCEPTED"
    assert "Aanvaard. De plaats en de hefbomen voor Yara zijn vastgehouden." in text(
        client.get(url(person))
    )
    with acting(system("test")):
        row = Decision.objects.get()
    assert (row.by, row.reason) == (guide, "FITS")
    assert 0 <= row.seconds_looked < 600

    client.post(url(person, "terug/"))
    assert states()[0][1] == "OPEN"
    assert not LeverBooking.objects.filter(state="HELD").exists()


def test_another_way_is_chosen_by_its_link_alone(client, person):
    """Without scripts too; a way that is not there any more chooses nothing."""
    (link,) = re.findall(r'href="(\?weg=[^"#]*)#beslis"', client.get(url(person)).content.decode())

    chosen, gone = (client.get(url(person, each)) for each in (link, "?weg=V-WEG"))

    assert chosen.context["form"]["what"].value() == "CHANGE"
    assert link == f"?weg={chosen.context['form']['way'].value()}"
    assert 'value="CHANGE" checked' in chosen.content.decode()
    assert gone.context["form"]["what"].value() == "ACCEPT"


def test_refusing_without_words_keeps_what_was_chosen(client, person):
    page = client.get(url(person))

    answer = client.post(url(person), decision(page, what="REFUSE", reason="UNWANTED"))

    assert answer.status_code == 422
    assert "Schrijf waarom, in woorden die de persoon begrijpt." in text(answer)
    assert 'value="REFUSE" checked' in answer.content.decode()
    assert states()[0][1] == "OPEN"


def test_a_reason_of_another_verdict_is_refused(client, person):
    page = client.get(url(person))

    answer = client.post(
        url(person), decision(page, what="REFUSE", reason="FITS", motivation="Nee.")
    )

    assert "Deze reden hoort niet bij «weigeren»." in text(answer)


def test_another_way_is_chosen_from_those_that_are_free(client, person):
    first = proposed(person)
    other = {"Inpakker": "Plukker", "Plukker": "Inpakker"}[first]
    page = client.get(url(person))

    client.post(
        url(person),
        decision(
            page, what="CHANGE", reason="PREFERS", motivation="Je koos dit zelf.", way=job_of(other)
        ),
    )

    assert states() == [(first, "CHANGED"), (other, "ACCEPTED")]
    assert "Zelf gekozen weg" in text(client.get(url(person)))
    client.post(url(person, "terug/"))
    assert states() == [(first, "OPEN"), (other, "WITHDRAWN")]


def test_a_decision_on_a_stale_page_changes_nothing(client, person):
    page = client.get(url(person))
    client.post(url(person), decision(page))

    client.post(url(person), decision(page, what="REFUSE", reason="UNWANTED", motivation="Nee."))

    assert states()[0][1] == "ACCEPTED"
    assert "Er wacht hier geen beslissing meer." in text(client.get(url(person)))


def test_changed_facts_take_the_form_away(client, person):
    page = client.get(url(person))
    with acting(system("test")):
        Person.objects.update(max_travel_min=39)

    assert "Dit voorstel klopt niet meer" in text(client.get(url(person)))
    answer = client.post(url(person), decision(page))
    assert "De gegevens zijn veranderd" in text(answer)
    assert states()[0][1] == "OPEN"


def test_what_was_refused_can_be_let_in_again(client, person):
    page = client.get(url(person))
    client.post(url(person), decision(page, what="REFUSE", reason="UNWANTED", motivation="Nee."))
    said = client.get(url(person))
    assert "Wordt niet meer voorgesteld" in text(said)

    (back,) = re.findall(r'action="([^"]*toelaten/)"', said.content.decode())
    client.post(back)

    assert "Wordt niet meer voorgesteld" not in text(client.get(url(person)))


def test_withdrawing_asks_why_and_frees_everything(client, person):
    client.post(url(person), decision(client.get(url(person))))

    refused = client.post(url(person, "intrekken/"), {"reason": "EMPLOYER", "motivation": ""})
    client.post(
        url(person, "intrekken/"), {"reason": "EMPLOYER", "motivation": "De plaats is weg."}
    )

    assert refused.status_code == 422
    assert states()[0][1] == "WITHDRAWN"


def test_without_a_proposal_the_page_says_what_would_help(client, guide):
    with acting(system("test")):
        person = seeker(guide, modes=[], lon=5.4, available_from=timezone.localdate())
        VacancyFactory(**open_now())
    plan_now()

    said = text(client.get(url(person)))

    assert "Er is nu geen voorstel" in said
    assert "Zonder die drempel gaat één job open" in said


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SOCIAL_WORKER])
def test_somebody_of_others_is_like_nobody(role, person):
    other = client_of(UserFactory(role=role))

    pages = ["voorstel/", "voorstel/intrekken/", "blad/"]
    found = {other.get(f"/mensen/{person.pk}/{each}").status_code for each in pages}
    absent = {other.get(f"/mensen/K-2222/{each}").status_code for each in pages}
    assert found == absent == {404}


def sheet_link(client, person):
    client.post(f"/mensen/{person.pk}/blad/link/")
    said = client.get(f"/mensen/{person.pk}/blad/").content.decode()
    return re.findall(r"http://testserver(/blad/[^/]+/)", said)[0]


def test_the_person_reads_the_sheet_without_an_account(client, person):
    link = sheet_link(client, person)
    visitor = Client()

    answer = visitor.get(link)

    said = text(answer)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "Dag Yara" in said
    assert "Jij mag altijd nee zeggen." in said
    assert AuditEvent.objects.filter(verb="person-sheet").count() == 1


def test_the_sheet_tells_nothing_of_others_and_no_score(client, person, guide):
    with acting(system("test")):
        PersonFactory(caseworker=guide, first_name="Zoltan", last_name="Anderman")

    said = text(Client().get(sheet_link(client, person)))

    for word in ("Zoltan", "Anderman", "punten", "score", "kandidaten", "drempel", "rang"):
        assert word not in said


def test_a_link_stops_when_it_is_old_replaced_or_withdrawn(client, person):
    first = sheet_link(client, person)
    second = sheet_link(client, person)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    with acting(system("test")):
        SheetLink.objects.update(
            made_at=timezone.now() - timedelta(days=40), ends_at=timezone.now()
        )
    assert Client().get(second).status_code == 404

    third = sheet_link(client, person)
    client.post(f"/mensen/{person.pk}/blad/link/", {"stop": "1"})
    assert Client().get(third).status_code == Client().get("/blad/verzonnen/").status_code == 404


def test_only_the_hash_of_a_link_is_kept(client, person):
    token = sheet_link(client, person).split("/")[2]

    with acting(system("test")):
        (row,) = SheetLink.objects.values()
    assert token not in repr(row)
