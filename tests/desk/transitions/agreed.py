"""Internship agreements of invented people, written down and signed."""

from datetime import timedelta

from django.utils import timezone

from desk.factories.jobs import EmployerFactory
from desk.factories.partners import EstablishmentFactory
from koempel.desk.common.context import acting, system
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.queries import agreement_of, signatures_of, text_digest
from koempel.desk.transitions.signing import Terms, sign, write_agreement

NAMES = {
    Party.PERSON: "Yara Stutvinder",
    Party.ENTERPRISE: "Bas Ploeg",
    Party.HOST: "Hanne Oven",
    Party.COACH: "Cora Coach",
}


def terms_of(at, **facts):
    """From today for a month, in the mornings."""
    today = timezone.localdate(at)
    return Terms(
        **{
            "host": facts.pop("host", None) or EstablishmentFactory(organisation=EmployerFactory()),
            "vacancy": None,
            "first_on": today,
            "last_on": today + timedelta(days=30),
            "shifts": "Mo-Fr 08:30-12:30",
            "host_pays": True,
            "goals": "Zelf een bestelling klaarzetten.",
            **facts,
        }
    )


def written(row, *, by, at, **facts):
    """The agreement of a round, written down."""
    with acting(system("test")):
        return write_agreement(row.pk, terms_of(at, **facts), by=by, at=at)


def signed(row, *parties, by, at):
    """Let some parties sign what stands there, or all that have still to."""
    with acting(system("test")):
        agreement = agreement_of(row.pk)
        for party in parties or set(Party) - signatures_of(agreement).keys():
            sign(row.pk, party, name=NAMES[party], read=text_digest(agreement), by=by, at=at)
        return agreement
