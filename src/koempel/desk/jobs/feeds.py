"""What everybody may have: the open vacancies of a municipality, once somebody switched that on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.models import Vacancy, VacancyFeed
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.partners.models import Municipality


def can_switch(user: User, municipality: Municipality) -> bool:
    """Whether a director may: of the municipality itself, or of the whole partnership."""
    return user.organisation.nis in ("", municipality.nis)


@transaction.atomic
def switch_feed(municipality: Municipality, *, is_on: bool, by: User, at: datetime) -> VacancyFeed:
    """Make the open vacancies of a municipality public, or no longer. Twice is once.

    Raises
    ------
    VacancyError
        When the director is one of another municipality.
    """
    if not can_switch(by, municipality):
        raise VacancyError(f"Alleen de regisseur van {municipality} beslist hierover.")
    told = {"is_on": is_on, "changed_by": by, "changed_at": at}
    feed, is_new = VacancyFeed.objects.get_or_create(municipality=municipality, defaults=told)
    if not is_new and feed.is_on == is_on:
        return feed
    VacancyFeed.objects.filter(pk=feed.pk).update(**told)
    verb = "jobs.feed_on" if is_on else "jobs.feed_off"
    audit.record(verb, kind="municipality", objects=[municipality.nis], at=at)
    return VacancyFeed.objects.get(pk=feed.pk)


def public_feed(nis: str) -> VacancyFeed | None:
    """The feed of a municipality, as long as it is on."""
    return VacancyFeed.objects.filter(pk=nis, is_on=True).select_related("municipality").first()


def public_vacancies(feed: VacancyFeed, today: date) -> QuerySet[Vacancy]:
    """What somebody can take there now, the latest first."""
    rows = open_vacancies(today).filter(establishment__village__municipality=feed.pk)
    related = ("employer", "occupation", "establishment__village__municipality")
    return rows.select_related(*related).order_by("-publish_from", "number")


def is_public(vacancy: Vacancy) -> bool:
    """Whether the feed of the place of a vacancy is on."""
    return public_feed(vacancy.village.municipality_id) is not None
