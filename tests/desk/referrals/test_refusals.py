"""Why it did not work out, in counts: everything adds up, and nobody can be found in it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.people import case_number
from desk.factories.referrals import ReferralFactory
from koempel.desk.common.roles import Role
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.refusals import (
    Refusal,
    alike,
    counted,
    towns_of,
)

pytestmark = pytest.mark.django_db
HEUSDEN, BERINGEN = "71070-heusden", "71004-beringen"
URL = "referrals:refusals"


@pytest.fixture
def director(client):
    client.force_login(UserFactory(role=Role.DIRECTOR))


def refuse(n, reason, village=HEUSDEN, first=0, **facts):
    vacancy = VacancyFactory(establishment__village_id=village)
    for place in range(first, first + n):
        ReferralFactory(
            declined=True, case_number=case_number(place), vacancy=vacancy, reason=reason, **facts
        )
    return vacancy


def table(client, query=""):
    data = client.get(reverse(URL) + query).context["sections"][0].data
    return {line.title: [cell.text for cell in line.cells] for line in data.lines}


def refusals(counts):
    return [
        Refusal(reason, town, "gewone werkgever", "vroeg")
        for (reason, town), n in counts.items()
        for _ in range(n)
    ]


def test_counts_stand_per_reason_and_municipality(client, director):
    refuse(6, "NO_TRANSPORT")
    refuse(7, "NO_TRANSPORT", BERINGEN, first=6)
    refuse(5, "DUTCH", BERINGEN)
    ReferralFactory(case_number=case_number(90))
    assert table(client) == {
        "Geen vervoer": ["13", "7", "6"],
        "Nederlands nog te laag": ["5", "5", "0"],
    }
    assert table(client, "?gemeente=Beringen") == {
        "Geen vervoer": ["7"],
        "Nederlands nog te laag": ["5"],
    }


def test_a_person_counts_once_per_reason_and_only_in_the_year_asked(client, director):
    refuse(5, "DUTCH")
    refuse(5, "DUTCH")
    ago = timezone.now() - timedelta(days=400)
    refuse(8, "HOURS", made_at=ago, changed_at=ago)
    assert table(client) == {"Nederlands nog te laag": ["5"]}
    assert table(client, f"?jaar={ago.year}") == {"De uren passen niet": ["8"]}


def test_small_counts_stay_hidden_whatever_is_asked(client, director):
    refuse(3, "DUTCH")
    refuse(6, "DUTCH", BERINGEN, first=3)
    assert table(client) == {"Nederlands nog te laag": ["9", "verborgen", "verborgen"]}
    for town in ("Beringen", "Heusden-Zolder"):
        assert table(client, f"?gemeente={town}") == {"Nederlands nog te laag": ["verborgen"]}
        url = reverse("referrals:refusal-rows", args=["DUTCH"])
        assert client.get(f"{url}?gemeente={town}").status_code == 404
    # The rows of all tell no municipality that is hidden either.
    page = client.get(url)
    assert {facts[0] for facts, _ in page.context["sections"][0].data} == {""}


def test_no_hidden_count_follows_from_the_others():
    towns = ["A", "B", "C"]
    for cells in [(0, 3, 9), (1, 1, 1), (4, 20, 20), (5, 5, 4), (2, 0, 0)]:
        found = refusals({(Reason.DUTCH, town): n for town, n in zip(towns, cells, strict=True)})
        (row,) = counted(found, towns)
        hidden = [n for n, cell in zip(cells, row.shown.cells, strict=True) if cell is None]
        assert all(cell is None or cell == 0 or cell >= 5 for cell in row.shown.cells)
        if row.shown.total is not None and hidden:
            assert len(hidden) > 1
            assert sum(hidden) - len(hidden) + 1 >= 5


def test_rows_tell_only_what_five_share():
    night = Refusal(Reason.HOURS, "Beringen", "gewone werkgever", "nacht")
    late = Refusal(Reason.HOURS, "Beringen", "gewone werkgever", "laat")
    early = refusals({(Reason.HOURS, "Beringen"): 6})
    assert alike([*early, *[night] * 5, *[late] * 5]) == {
        ("Beringen", "gewone werkgever", "vroeg"): 6,
        ("Beringen", "gewone werkgever", "nacht"): 5,
        ("Beringen", "gewone werkgever", "laat"): 5,
    }
    # One alone takes the smallest group along, so that it cannot be told by what it is not.
    assert alike([*early, *[night] * 5, late]) == {
        ("Beringen", "gewone werkgever", "vroeg"): 6,
        ("Beringen", "gewone werkgever", ""): 6,
    }
    elsewhere = refusals({(Reason.HOURS, "Heusden-Zolder"): 2})
    assert alike([*early, *elsewhere]) == {("", "", ""): 8}
    assert towns_of([*early, *elsewhere]) == ["Beringen", "Heusden-Zolder"]


def test_rows_of_a_count_name_nobody_and_no_vacancy(client, director):
    vacancy = refuse(6, "NO_TRANSPORT")
    url = reverse("referrals:refusal-rows", args=["NO_TRANSPORT"])
    assert url in client.get(reverse(URL)).content.decode()
    page = client.get(url).content.decode()
    (shown,) = re.findall(r"<tr>(<td.*?)</tr>", page)
    assert strip_tags(shown.replace("</td>", ";")) == "Heusden-Zolder;gewone werkgever;overdag;6;"
    for secret in (vacancy.title, vacancy.number, vacancy.employer.name, case_number(0)):
        assert secret not in page
    assert client.get(reverse("referrals:refusal-rows", args=["ANDERS"])).status_code == 404


def test_the_file_hides_what_the_page_hides(client, director):
    refuse(3, "DUTCH")
    refuse(6, "DUTCH", BERINGEN, first=3)
    content = client.get(reverse("referrals:refusals-export", args=["csv"])).getvalue()
    assert content.decode("utf-8-sig").splitlines() == [
        "reden;samen;Beringen;Heusden-Zolder",
        "Nederlands nog te laag;9;verborgen;verborgen",
    ]


def test_nothing_yet_says_where_reasons_come_from(client, director):
    assert "Nog geen redenen" in client.get(reverse(URL)).content.decode()


def test_the_board_asks_as_little_for_many(client, director, django_assert_max_num_queries):
    for place, reason in enumerate(("DUTCH", "HOURS", "SKILL")):
        refuse(5, reason, first=5 * place)
    with django_assert_max_num_queries(12):
        client.get(reverse(URL))
