"""From a first referral to work that lasts, and on from a social enterprise to regular work."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from desk.browser.objects import make_seeker
from desk.browser.screen import follow, press, says
from desk.factories.jobs import VacancyFactory
from desk.factories.transitions import TransitionFactory
from desk.planning.world import open_now
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.models import Transition

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TODAY = timezone.localdate()

PARTIES = (
    "De persoon", "Het sociale-economiebedrijf", "De werkgever van de stage", "De coach",
)  # fmt: skip


def day(number):
    return (TODAY + timedelta(days=number)).isoformat()


def link_on(page):
    """The link that is shown once."""
    return re.search(r"https?://\S+", page.locator(".notes").inner_text())[0]


def test_referral_becomes_work_and_somebody_says_that_it_lasts(desk, new_page):
    person = make_seeker(desk)
    VacancyFactory(title="Inpakker van mijnlampen", **open_now())
    vacancy = Vacancy.objects.get(title="Inpakker van mijnlampen")
    guide, employer, worker = new_page(), new_page(width=390), new_page(width=390)
    desk.enter(guide, Role.CASEWORKER, at=f"/jobs/{vacancy.number}/kandidaten/")
    guide.get_by_label(person.name).check()
    guide.get_by_role("button", name=re.compile("^Verwijs")).last.click()
    says(guide, "verwezen")
    referral = Referral.objects.get(case_number=person.pk)
    guide.goto(f"{desk.url}/toeleiding/{referral.pk}/")
    press(guide, "Maak een link om te antwoorden")

    employer.goto(link_on(guide))
    follow(employer, "Nodig uit voor een gesprek")
    employer.get_by_label("Welke dag?").fill(day(2))
    employer.get_by_label("Welk uur?").fill("09:30")
    employer.get_by_label("Waar, en bij wie?").fill("Aan de poort")
    employer.get_by_label("Wie antwoordt?").fill("Bas Ploeg")
    employer.get_by_role("button", name=re.compile("^Nodig uit")).last.click()
    employer.get_by_text("Bedankt. Het gesprek is op").wait_for()

    guide.reload()
    press(guide, "Het gesprek is geweest")
    follow(guide, "Werf aan")
    guide.get_by_label("Wat is de eerste werkdag?").fill(day(-100))
    press(guide, "Werf aan")
    says(guide, "Aangeworven. De plaats is ingevuld.")
    guide.goto(f"{desk.url}/mensen/{person.case_number}/")
    guide.get_by_text("Aan het werk sinds").first.wait_for()

    placement = Placement.objects.get(case_number=person.pk)
    guide.goto(f"{desk.url}/toeleiding/werk/{placement.pk}/")
    press(guide, f"Maak een link voor {person.name}")
    worker.goto(link_on(guide))
    follow(worker, "Ja")
    worker.get_by_label("Ja").check()
    press(worker, "Verstuur je antwoord")
    worker.get_by_text("Bedankt. Je antwoord staat genoteerd.").wait_for()
    assert FollowUp.objects.get(placement=placement, months=3).answer == "YES"


def test_who_is_ready_moves_on_to_regular_work(desk, new_page):
    person = make_seeker(desk, status="PLACED")
    enterprise = desk.who(Role.SOCIAL_ENTERPRISE).organisation
    job = VacancyFactory(title="Inpakker van mijnlampen", **open_now())
    row = TransitionFactory(case_number=person.pk, employer=enterprise, preparing=True)
    guide, party = new_page(), new_page(width=390)
    desk.enter(guide, Role.CASEWORKER, at=f"/doorstroom/{row.pk}/")
    guide.get_by_role("heading", name="Het traject").wait_for()
    follow(guide, "Bekijk wat er nog tussen staat")
    guide.get_by_role("heading", name="Wat staat er nog tussen?").wait_for()
    guide.goto(f"{desk.url}/doorstroom/{row.pk}/")
    press(guide, "Begin een plek te zoeken")

    follow(guide, "Schrijf de stageovereenkomst op")
    guide.get_by_label("Waar is de stage?").select_option(str(job.establishment_id))
    guide.get_by_label("Nummer van de vacature").fill(job.number)
    guide.get_by_label("Eerste dag").fill(day(0))
    guide.get_by_label("Laatste dag").fill(day(60))
    press(guide, "Vroege shift")
    guide.get_by_label("Wat leert de persoon in deze stage?").fill("Zelf een bestelling inpakken.")
    press(guide, "Bewaar de stageovereenkomst")
    says(guide, "De stageovereenkomst is bewaard.")
    for name in PARTIES:
        press(guide, f"Maak een link om te tekenen voor {name}")
        party.goto(link_on(guide))
        party.get_by_label("Wie tekent?").fill("Zoë Tekenaar")
        party.get_by_label("Ik heb de tekst gelezen").check()
        press(party, "Teken de stageovereenkomst")
        party.get_by_text("Je handtekening staat genoteerd.").wait_for()

    guide.goto(f"{desk.url}/doorstroom/{row.pk}/")
    press(guide, "Start de stage")
    says(guide, "De stage is gestart.")
    follow(guide, "Schrijf het contract op")
    guide.get_by_label("Wat is de eerste werkdag in het gewone werk?").fill(day(3))
    guide.get_by_label("Nummer van de vacature").fill(job.number)
    press(guide, "Schrijf het contract op")
    says(guide, "De nazorg begint.")
    job.refresh_from_db()
    assert (job.state, Transition.objects.get(pk=row.pk).state) == ("FILLED", "AFTERCARE")
    assert Placement.objects.get(case_number=person.pk).vacancy == job
