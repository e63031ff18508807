"""Pages about work: who sees what, how it ends, and what follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.placements import PlacementFactory
from koempel.desk.common.roles import Role
from koempel.desk.placements.models import Placement

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NO_BUS = {"ended_on": str(TODAY), "reason": "TRANSPORT", "explanation": "De bus rijdt niet meer."}


def url(name, **keys):
    return reverse(f"placements:{name}", kwargs=keys)


def read(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_side_sees_what_is_theirs(client, town, hired):
    director = UserFactory(role=Role.DIRECTOR)
    addresses = [url("list"), url("file", pk=hired.pk)]
    number = town.person.case_number

    guide, boss, seen = (
        " ".join(read(client, who, each) for each in addresses)
        for who in (town.guide, town.boss, director)
    )

    assert ("Yara Stutvinder" in guide, number in guide) == (True, True)
    assert ("Yara Stutvinder" in boss, number in boss) == (True, False)
    assert ("Yara" in seen, number in seen) == (False, True)
    assert url("end", pk=hired.pk) not in seen


def test_employer_reads_no_name_and_no_reason_once_it_is_over(client, town, hired):
    client.force_login(town.guide)
    client.post(url("end", pk=hired.pk), NO_BUS)

    pages = [read(client, town.boss, each) for each in (url("list"), url("file", pk=hired.pk))]

    assert [page for page in pages if "Yara" in page or "De bus" in page or "vervoer" in page] == []
    assert all("Iemand die hier werkte" in page for page in pages)


def test_director_reads_no_reason(client, town):
    ended = PlacementFactory(ended=True, vacancy=town.vacancy, explanation="De brug is dicht.")

    page = read(client, UserFactory(role=Role.DIRECTOR), url("file", pk=ended.pk))

    assert [word for word in ("De brug", "vervoer viel") if word in page] == []


def test_other_employer_sees_nothing(client, hired):
    client.force_login(UserFactory(role=Role.EMPLOYER))

    answers = [client.get(url("file", pk=pk)) for pk in (hired.pk, 999_999)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_guide_notes_the_end_which_becomes_a_search_and_takes_it_back(client, town, hired):
    page = read(client, town.guide, url("file", pk=hired.pk))
    assert url("end", pk=hired.pk) in page

    done = client.post(url("end", pk=hired.pk), NO_BUS, follow=True).content.decode()

    assert "Genoteerd: het werk is gestopt." in done
    assert "Zoek ondersteuning" in done
    client.post(url("undo", pk=hired.pk))
    assert Placement.objects.get().state == "WORKING"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ended_on": str(TODAY + timedelta(days=1))}, "Die dag moet nog komen"),
        ({"ended_on": str(TODAY - timedelta(days=101))}, "voor de eerste werkdag"),
        ({"explanation": "85.07.30-033.28"}, "rijksregisternummer"),
        ({"reason": ""}, "Maak een keuze."),
    ],
)
def test_faulty_end_says_what_is_wrong_and_keeps_the_input(client, town, hired, change, says):
    client.force_login(town.guide)

    answer = client.post(url("end", pk=hired.pk), NO_BUS | change)

    page = answer.content.decode()
    assert (answer.status_code, Placement.objects.get().state) == (422, "WORKING")
    assert says in page
    assert (NO_BUS | change)["explanation"] in page


def test_end_sent_twice_is_noted_once(client, town, hired):
    client.force_login(town.guide)

    answers = [client.post(url("end", pk=hired.pk), NO_BUS | {"sleutel": "eens"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    late = client.get(url("end", pk=hired.pk), follow=True).content.decode()
    assert "Die stap kan nu niet" in late


def test_case_shows_the_work_and_lets_it_end_on_its_own_page_only(client, town, hired):
    address = reverse("people:file", args=[town.person.case_number])
    page = read(client, town.guide, address)

    client.post(address, {"doe": "ACTIVE"})

    assert url("file", pk=hired.pk) in page
    assert "Zoekt weer werk" not in page
    assert Placement.objects.get().state == "WORKING"
    assert "aan het werk" in read(client, town.guide, address)
