"""Pages of doorstroom: who sees what, evaluations that are due, phases as one line."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.referrals import ReferralFactory
from desk.factories.transitions import TransitionFactory
from desk.transitions.conftest import days
from koempel.desk.common.roles import Role
from koempel.desk.people.keepers import ERASED
from koempel.desk.transitions.enums import PauseReason
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.rules import Pause, Told
from koempel.region import dutch

pytestmark = pytest.mark.django_db


def url(name, **keys):
    return reverse(f"transitions:{name}", kwargs=keys)


def read(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def row(works) -> Transition:
    return TransitionFactory(case_number=works.person.pk, employer=works.enterprise)


@pytest.fixture
def director(db):
    return UserFactory(role=Role.DIRECTOR)


def test_enterprise_reads_the_name_and_never_the_number(client, works, row):
    pages = [read(client, works.boss, each) for each in (url("list"), url("file", pk=row.pk))]

    assert all("Yara Stutvinder" in page for page in pages)
    assert [page for page in pages if works.person.pk in page] == []


def test_name_goes_with_who_left(client, works):
    gone = TransitionFactory(
        stopped=True, state="LEFT", case_number=works.person.pk, employer=works.enterprise
    )

    page = read(client, works.boss, url("file", pk=gone.pk))

    assert "Yara" not in page
    assert "Een medewerker" in page


def test_director_reads_numbers_and_no_names_or_words(client, works, row, director):
    Transition.objects.update(view="READY", view_text="Kan meer aan.", coach="Cora Coach")

    pages = [read(client, director, each) for each in (url("list"), url("file", pk=row.pk))]

    assert all(works.person.pk in page for page in pages)
    assert [page for page in pages if "Yara" in page or "Cora" in page or "meer aan" in page] == []
    assert "Werkt er niet meer" not in pages[1]


def test_round_at_another_enterprise_is_as_absent(client, row):
    client.force_login(UserFactory(role=Role.SOCIAL_ENTERPRISE))

    answers = [client.get(url("file", pk=pk)) for pk in (row.pk, 999_999)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_enterprise_gives_its_view_and_vdab_decides(client, works, row):
    client.force_login(works.boss)
    assert client.get(url("step", pk=row.pk, step="ready")).status_code == 404
    form = {"view": "READY", "explanation": "Leert snel."}
    client.post(url("step", pk=row.pk, step="view"), form)

    page = read(client, works.mediator, url("step", pk=row.pk, step="ready"))
    assert "Klaar voor gewoon werk" in page
    done = client.post(
        url("step", pk=row.pk, step="ready"), {"day": str(days(-1))}, follow=True
    ).content.decode()

    row.refresh_from_db()
    assert (row.state, row.view_text) == ("READY", "Leert snel.")
    assert "Genoteerd: klaar voor doorstroom." in done
    client.post(url("undo", pk=row.pk))
    row.refresh_from_db()
    assert row.state == "EVALUATION_DUE"


@pytest.mark.parametrize(
    ("step", "form", "says"),
    [
        ("ready", {"day": ""}, "Vul dit in."),
        ("ready", {"day": str(days(3))}, "ten laatste vandaag"),
        ("renew_same", {"day": str(days(-1)), "explanation": "85.07.30-033.28"}, "rijksregister"),
    ],
    ids=["no day", "future", "national number"],
)
def test_faulty_step_says_what_is_wrong_and_keeps_the_input(client, works, row, step, form, says):
    client.force_login(works.mediator)

    answer = client.post(url("step", pk=row.pk, step=step), form)

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "EVALUATION_DUE")
    assert says in answer.content.decode()


def test_form_sent_twice_is_one_step(client, works, row):
    client.force_login(works.boss)
    form = {"view": "SAME", "sleutel": "eens"}

    for _ in range(2):
        client.post(url("step", pk=row.pk, step="view"), form)

    assert row.events.count() == 1


def test_phases_stand_in_one_line_with_their_days_and_suspension(client, works):
    now = timezone.now()
    row = works.follow(at=now - timedelta(days=60), since=days(-400))
    at = now - timedelta(days=50)
    works.step(row, "ready", Told(day=days(-51)), at=at, by=works.mediator)
    works.step(row, "begin", Told(coach="Cora Coach"), at=at)
    works.step(row, "match", at=now - timedelta(days=30))
    pause = Pause(PauseReason.HOST, days(2), days(12))
    row = works.step(row, "suspend", Told(pause=pause), at=now)

    page = read(client, works.guide, url("file", pk=row.pk))

    line = page.split('<ol class="phases">')[1].split("</ol>")[0]
    marks = [each.split('"')[0] for each in line.split('<li class="')[1:]]
    assert marks == ["done", "now", "coming", "coming"]
    assert f"{dutch.day(days(-30))} tot {dutch.day(row.due_on)}" in line
    assert "10 dagen later" in line


def test_hired_is_followed_from_the_referral(client, works):
    vacancy = VacancyFactory(employer=works.enterprise, title="Inpakker", filled=True, taken=1)
    hired = ReferralFactory(
        case_number=works.person.pk,
        vacancy=vacancy,
        state="HIRED",
        due_on=None,
        starts_on=days(-3),
    )
    assert "Yara Stutvinder" in read(client, works.boss, url("new"))

    done = client.post(url("new"), {"referral": hired.pk}, follow=True).content.decode()

    row = Transition.objects.get()
    assert (row.vacancy, row.since, row.employer) == (vacancy, days(-3), works.enterprise)
    assert "Opgevolgd." in done
    assert "Iedereen die is aangeworven" in read(client, works.boss, url("new"))


def test_who_was_erased_since_is_not_there_to_be_followed(client, works):
    vacancy = VacancyFactory(employer=works.enterprise, title="Inpakker", filled=True, taken=1)
    ReferralFactory(
        case_number=ERASED, vacancy=vacancy, state="HIRED", due_on=None, starts_on=days(-390)
    )

    assert "Iedereen die is aangeworven" in read(client, works.boss, url("new"))


def test_hired_by_another_enterprise_cannot_be_followed(client, works):
    other = ReferralFactory(
        case_number="K-2222",
        vacancy=VacancyFactory(social=True, filled=True, taken=1),
        state="HIRED",
        due_on=None,
        starts_on=days(-3),
    )
    client.force_login(works.boss)

    assert client.post(url("new"), {"referral": other.pk}).status_code == 422
    assert not Transition.objects.exists()


def test_case_leads_to_doorstroom_and_says_where_somebody_stands(client, works):
    case = reverse("people:file", args=[works.person.pk])
    assert url("follow", case=works.person.pk) in read(client, works.guide, case)
    form = {"employer": works.enterprise.pk, "since": str(days(-30)), "evaluated_on": ""}

    client.post(url("follow", case=works.person.pk), form)

    row = Transition.objects.get()
    page = read(client, works.guide, case)
    assert url("file", pk=row.pk) in page
    assert "Evaluatie gepland" in page
    assert url("follow", case=works.person.pk) not in page


def test_what_is_due_waits_for_each_and_for_the_director_in_numbers(client, works, row, director):
    Transition.objects.update(due_on=days(-4))

    pages = [
        read(client, who, reverse("waiting:page"))
        for who in (works.guide, works.mediator, works.boss)
    ]
    overview = read(client, director, reverse("overview:board"))

    assert all("Doorstroom: termijnen" in page and "4 dagen te laat" in page for page in pages)
    assert "doorstromen te laat" in overview
    assert "Yara" not in overview


def test_matching_is_for_who_guides_and_only_before_the_internship(client, works, row):
    address = url("matching", pk=row.pk)
    client.force_login(works.guide)
    before = client.get(address).status_code
    Transition.objects.update(state="MATCHING", coach="Cora Coach")

    page = read(client, works.guide, address)
    shared = read(client, works.mediator, address)
    client.force_login(works.boss)

    assert before == 404
    assert "Wat staat er nog tussen?" in page
    assert reverse("levers:choose", args=[works.person.pk]) in page
    # The household was not shared with the mediator.
    assert "Te weinig gedeeld" in shared
    assert client.get(address).status_code == 403
    assert address in read(client, works.guide, url("file", pk=row.pk))


def test_list_tells_late_from_soon_from_over(client, works, row):
    Transition.objects.update(due_on=days(-4))
    client.force_login(works.guide)

    shown = {
        choice: "één doorstroom" in client.get(f"{url('list')}?termijn={choice}").content.decode()
        for choice in ("laat", "gauw", "open", "klaar")
    }

    assert shown == {"laat": True, "gauw": True, "open": True, "klaar": False}
