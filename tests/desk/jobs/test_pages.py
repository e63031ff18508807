import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.partners import EstablishmentFactory
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.web.pages.pace import Pace
from koempel.desk.web.views.jobs.reach import PACE

pytestmark = pytest.mark.django_db
TITLE = "Inpakker van mijnlampen"


def url(name, vacancy=None):
    return reverse(f"jobs:{name}", kwargs={"number": vacancy.number} if vacancy else None)


@pytest.fixture(autouse=True)
def _nobody_asked_yet():
    cache.clear()


@pytest.fixture
def vacancy(baker):
    return VacancyFactory(employer=baker.organisation, title=TITLE)


@pytest.fixture
def as_baker(client, baker):
    client.force_login(baker)
    return client


@pytest.fixture
def as_guide(client):
    client.force_login(UserFactory(role=Role.MEDIATOR))
    return client


def typed(**changes):
    today = timezone.localdate()
    data = {
        "title": TITLE,
        "occupation": "inpakker",
        "establishment": "nieuw",
        "plaats-name": "Bakkerij Kolenbrood",
        "plaats-address": "Nergensstraat 1",
        "plaats-village": "71070-heusden",
        "start_from": str(today),
        "start_to": str(today + timedelta(days=30)),
        "seats": "2",
        "contract": "INDEFINITE",
        **{f"dutch_{skill}": "ALPHA" for skill in ("speaking", "listening", "reading", "writing")},
        "shifts-A-Mo-0-van": "06:00",
        "shifts-A-Mo-0-tot": "14:00",
    }
    return data | changes


# ---- who sees and changes what ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CASEWORKER, 200),
        (Role.SOCIAL_WORKER, 200),
        (Role.MEDIATOR, 200),
        (Role.CHILDCARE, 403),
        (Role.REUSE_SHOP, 403),
        (Role.OPERATOR, 403),
    ],
)
def test_guides_and_directors_open_the_jobs_and_others_do_not(client, vacancy, role, status):
    client.force_login(UserFactory(role=role))
    assert client.get(url("list")).status_code == status
    assert client.get(url("file", vacancy)).status_code == status


def test_an_employer_gets_the_same_answer_for_foreign_and_absent(as_baker):
    foreign = VacancyFactory()
    absent = VacancyFactory.build(number="J-999999")
    for name in ("file", "edit", "reach"):
        answers = [as_baker.get(url(name, each)) for each in (foreign, absent)]
        assert [answer.status_code for answer in answers] == [404, 404]
    for name in ("file", "edit", "copy", "undo"):
        assert as_baker.post(url(name, foreign), {"doe": "fill"}).status_code == 404
    assert Vacancy.objects.get().state == VacancyState.PUBLISHED


def test_a_guide_changes_nothing(as_guide, vacancy):
    page = as_guide.get(url("file", vacancy)).content.decode()
    assert "Pas aan" not in page
    assert "Maak een kopie" not in page
    for name in ("edit", "copy", "undo", "file"):
        assert as_guide.post(url(name, vacancy), {"doe": "fill"}).status_code == 403


def test_a_draft_is_only_for_its_employer(as_guide, baker):
    draft = VacancyFactory(employer=baker.organisation, draft=True, title=TITLE)
    assert as_guide.get(url("file", draft)).status_code == 404
    assert TITLE not in as_guide.get(url("list")).content.decode()


# ---- the list ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"zoek": "mijnlampen"}, True),
        ({"zoek": "kassier"}, False),
        ({"stand": "PUBLISHED"}, True),
        ({"stand": "CLOSED"}, False),
        ({"werkgever": "EMPLOYER"}, True),
        ({"werkgever": "SOCIAL_ENTERPRISE"}, False),
        ({"gemeente": "71070"}, True),
        ({"uren": "DAY"}, True),
        ({"uren": "NIGHT"}, False),
        ({"nederlands": "A2"}, False),
        ({"nederlands": "B1"}, True),
    ],
)
def test_filters_leave_what_they_say(as_guide, baker, asked, found):
    VacancyFactory(employer=baker.organisation, title=TITLE, dutch_speaking="B1")
    assert (TITLE in as_guide.get(url("list"), asked).content.decode()) is found


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_many(
    as_guide, rows, django_assert_num_queries
):
    VacancyFactory.create_batch(rows)
    as_guide.get(url("list"))
    with django_assert_num_queries(6):
        as_guide.get(url("list"))


def test_the_list_goes_along_as_a_file(as_guide, vacancy):
    address = reverse("jobs:list-export", kwargs={"suffix": "csv"})
    text = b"".join(as_guide.get(address).streaming_content).decode("utf-8-sig")
    assert TITLE in text


# ---- the file ---------------------------------------------------------------------------------


def test_a_step_can_be_taken_and_taken_back(as_baker, vacancy):
    page = as_baker.post(url("file", vacancy), {"doe": "fill"}, follow=True).content.decode()
    assert "De vacature is ingevuld." in page
    assert url("undo", vacancy) in page
    page = as_baker.post(url("undo", vacancy), follow=True).content.decode()
    assert "De stap is ongedaan gemaakt." in page
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED


def test_a_step_that_is_refused_says_why(as_baker, baker):
    vacancy = VacancyFactory(
        employer=baker.organisation, draft=True, start_from="2020-01-01", start_to="2020-02-01"
    )
    answer = as_baker.post(url("file", vacancy), {"doe": "publish"}, follow=True)
    (said,) = answer.context["messages"]
    assert (said.level_tag, said.message) == (
        "warning", "De laatste startdag is voorbij. Pas eerst de startdagen aan.",
    )  # fmt: skip


def test_the_file_says_which_seats_are_left(as_baker, baker):
    vacancy = VacancyFactory(employer=baker.organisation, seats=3)
    as_baker.post(url("file", vacancy), {"doe": "take"})
    page = as_baker.get(url("file", vacancy)).content.decode()
    assert "1 ingevuld, 2 vrij" in page
    assert "Eén plaats is weer vrij" in page
    as_baker.post(url("file", vacancy), {"doe": "take"})
    assert "De laatste plaats is ingevuld" in as_baker.get(url("file", vacancy)).content.decode()


def test_an_exclusive_job_says_who_decides_on_the_right(as_guide):
    kept = VacancyFactory(measures=["ARTICLE_60"])
    page = as_guide.get(url("file", kept)).content.decode()
    assert "alleen voor wie op de eerste werkdag dit recht heeft" in page
    assert "Het OCMW beslist." in page
    assert "Voor wie?" not in as_guide.get(url("file", VacancyFactory())).content.decode()


def test_a_copy_opens_in_the_form(as_baker, vacancy):
    answer = as_baker.post(url("copy", vacancy))
    copy = Vacancy.objects.exclude(pk=vacancy.pk).get()
    assert answer.headers["Location"] == url("edit", copy)


def test_the_file_draws_each_week_with_its_table(as_baker, baker):
    vacancy = VacancyFactory(employer=baker.organisation, two_shifts=True)
    page = as_baker.get(url("file", vacancy)).content.decode()
    assert page.count('<svg class="dr"') == 2
    assert page.count('<td class="n">14.00–22.00</td>') == 5


def test_who_could_come_is_a_part_with_htmx_and_a_page_without(as_guide, vacancy):
    whole = as_guide.get(url("reach", vacancy)).content.decode()
    part = as_guide.get(url("reach", vacancy), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "Kunnen vandaag komen" in part


def test_few_people_are_not_counted_out(as_guide, vacancy):
    with acting(system("test")):
        PersonFactory.create_batch(3, wants=["9321"], needs=[], hours_min=10, hours_max=40)
    part = as_guide.get(url("reach", vacancy), headers={"HX-Request": "true"}).content.decode()
    assert "minder dan 5" in part
    assert ">3<" not in part


# ---- the form ---------------------------------------------------------------------------------


def test_a_vacancy_is_made_as_a_draft_of_the_own_organisation(as_baker, baker):
    answer = as_baker.post(url("new"), typed())
    made = Vacancy.objects.get()
    assert answer.headers["Location"] == url("file", made)
    assert (made.employer, made.state, made.shifts) == (
        baker.organisation, VacancyState.DRAFT, "Mo 06:00-14:00",
    )  # fmt: skip
    place = made.establishment
    assert (place.organisation, place.name, place.valid_from) == (
        baker.organisation, "Bakkerij Kolenbrood", timezone.localdate(),
    )  # fmt: skip
    assert (place.lon, place.lat, float(made.hours_per_week)) == (5.2801, 51.0366, 8.0)
    assert [event.text for event in baker.organisation.events.all()] == ["Bakkerij Kolenbrood"]


def test_an_employer_chooses_among_the_own_establishments(as_baker, baker):
    own = EstablishmentFactory(organisation=baker.organisation, name="Ovenhuis")
    EstablishmentFactory(organisation=baker.organisation, name="Vroeger", ended=True)
    foreign = EstablishmentFactory(name="Overkant")
    page = as_baker.get(url("new")).content.decode()
    offered = re.findall(r"<option value[^>]*>(Oven|Vroeger|Overkant|Een nieuwe)", page)
    assert offered == ["Oven", "Een nieuwe"]
    answer = as_baker.post(url("new"), typed(establishment=str(foreign.pk)))
    assert (answer.status_code, Vacancy.objects.count()) == (422, 0)
    as_baker.post(url("new"), typed(establishment=str(own.pk)))
    assert Vacancy.objects.get().establishment == own
    assert baker.organisation.establishments.count() == 2


def test_a_new_establishment_is_checked_like_any_other(as_baker, baker):
    answer = as_baker.post(url("new"), typed(**{"plaats-number": "2.147.812.702"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit is geen geldig vestigingsnummer." in page
    assert "Vul de nieuwe vestiging verder in." in page
    assert (Vacancy.objects.count(), baker.organisation.establishments.count()) == (0, 0)


def test_a_vacancy_stays_where_it_is_after_the_establishment_has_ended(as_baker, vacancy):
    place = vacancy.establishment
    place.valid_to = timezone.localdate() - timedelta(days=1)
    place.save()
    as_baker.post(url("edit", vacancy), typed(establishment=str(place.pk)))
    vacancy.refresh_from_db()
    assert (vacancy.establishment, vacancy.seats) == (place, 2)


def test_the_form_counts_from_the_establishment_and_not_from_its_village(as_baker, baker):
    with acting(system("test")):
        PersonFactory.create_batch(
            10, wants=["9321"], needs=[], hours_min=5, hours_max=40, lon=5.28, lat=51.03,
            away="24/7", available_from="2026-11-23", max_travel_min=30,
        )  # fmt: skip
    near = EstablishmentFactory(organisation=baker.organisation)
    far = EstablishmentFactory(organisation=baker.organisation, lon=5.9, lat=51.2)
    figures = [
        re.findall(r'class="fig">([^<]*)', part.content.decode())[0]
        for part in (
            as_baker.post(url("count"), typed(establishment=str(each.pk))) for each in (near, far)
        )
    ]
    assert figures == ["10", "niemand"]


def test_editing_says_on_the_timeline_what_changed(as_baker, vacancy):
    days = {f"shifts-A-{day}-0-van": "08:00" for day in ("Mo", "Tu", "We", "Th", "Fr")}
    ends = {name.replace("van", "tot"): "16:00" for name in days}
    same = typed(
        establishment=str(vacancy.establishment_id),
        start_from=str(vacancy.start_from),
        start_to=str(vacancy.start_to),
        hours_per_week="38",
    )
    as_baker.post(url("edit", vacancy), same | days | ends | {"seats": "3"})
    assert vacancy.events.get().text == "aantal plaatsen"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Vul dit in."),
        ({"title": "Bel 93.05.18-223.61"}, "rijksregisternummer"),
        ({"occupation": "zwartkijker"}, "We kennen geen beroep «zwartkijker»"),
        ({"occupation": "poetsen"}, "meer dan één beroep"),
        ({"start_to": "2020-01-01"}, "De laatste startdag ligt voor de eerste."),
        ({"shifts-A-Mo-0-tot": ""}, "Vul ook het einduur in (maandag, week A)."),
        ({"seats": "0"}, "Een vacature heeft minstens één plaats."),
        ({"hours_per_week": "80"}, "Geef 1 tot 60 uren per week."),
    ],
)
def test_a_faulty_form_says_what_and_keeps_what_was_typed(as_baker, changes, said):
    answer = as_baker.post(url("new"), typed(wage="veel", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="veel"' in page
    assert not Vacancy.objects.exists()


def test_a_button_fills_the_week_without_storing_or_scolding(as_baker):
    page = as_baker.post(url("new"), {"vul": "twee", "wage": "veel"}).content.decode()
    assert page.count('value="22:00"') == 5
    assert 'value="veel"' in page
    assert "Vul dit in." not in page
    assert not Vacancy.objects.exists()


def test_a_day_is_copied_to_all_workdays(as_baker):
    page = as_baker.post(url("new"), typed(vul="kopie-A")).content.decode()
    assert page.count('value="06:00"') == 5


def test_the_hours_are_said_in_words_with_too_little_rest(as_baker):
    hours = {"shifts-B-Mo-0-van": "14", "shifts-B-Mo-0-tot": "22", "shifts-B-Tu-0-van": "6"}
    part = as_baker.post(url("count"), typed(**hours, **{"shifts-B-Tu-0-tot": "14:30"}))
    text = " ".join(re.sub("<[^>]+>", " ", part.content.decode()).split())
    assert "Week A: Maandag van 6 tot 14 uur. 8 uren Week B: Maandag van 14 tot 22 uur; " in text
    assert "Gemiddeld 12,25 uren per week." in text
    assert (
        "Tussen maandag 14:00–22:00 en dinsdag 06:00–14:30 is er maar 8 uur rust. De wet vraagt "
        "11 uur."
    ) in text


def test_the_live_count_says_what_is_still_missing(as_baker):
    part = as_baker.post(url("count"), {"occupation": "9321"}).content.decode()
    assert "Vul nog de plaats en de uren in." in part


def test_the_live_count_needs_no_title(as_baker):
    part = as_baker.post(url("count"), typed(title="", seats="", start_to="")).content.decode()
    assert "kunnen vandaag komen" in part
    assert "Maandag van 6 tot 14 uur. <b>8 uren</b>" in part
    assert not Vacancy.objects.exists()


def test_who_asks_for_a_count_too_often_waits_and_keeps_the_page(as_baker, baker, vacancy):
    now = timezone.now()
    for _ in range(PACE.most):
        PACE.allows(baker, at=now)
    part = as_baker.post(url("count"), typed())
    file = as_baker.get(url("reach", vacancy), headers={"HX-Request": "true"})
    whole = as_baker.post(url("new"), typed(title="", vul="tel"))
    assert [answer.status_code for answer in (part, file, whole)] == [429, 429, 200]
    assert all("tellen we nu even niet" in each.content.decode() for each in (part, file, whole))
    assert AuditEvent.objects.filter(verb="jobs.reach_too_often").count() == 3


def test_the_pace_is_of_one_user_and_starts_anew(baker, lamp_maker):
    pace, now = Pace("test", most=2, minutes=10), timezone.now()
    asked = [pace.allows(baker, at=now) for _ in range(3)]
    assert asked == [True, True, False]
    assert pace.allows(lamp_maker, at=now)
    assert pace.allows(baker, at=now + timedelta(minutes=10))
