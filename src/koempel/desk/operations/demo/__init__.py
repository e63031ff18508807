"""The demonstration: an invented region in the tables of the desk, loaded in one transaction."""

from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.operations.demo.bookings import load_bookings
from koempel.desk.operations.demo.crowd import load_people
from koempel.desk.operations.demo.history import BEGUN, load_history
from koempel.desk.operations.demo.names import Draws, invented_names
from koempel.desk.operations.demo.partners import load_partners
from koempel.desk.operations.demo.placements import load_past_work, load_present_work
from koempel.desk.operations.demo.present import load_present
from koempel.desk.operations.demo.recount import Stock
from koempel.desk.operations.demo.referrals import (
    load_past_referrals,
    load_past_refusals,
    load_referrals,
)
from koempel.desk.operations.demo.stock import load_levers
from koempel.desk.operations.demo.transitions import load_transitions
from koempel.desk.operations.demo.vacancies import load_vacancies, open_feed
from koempel.errors import KoempelError
from koempel.progress import bar
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region

__all__ = ["DemoError", "load_demo", "load_region"]

SEED = 7
N_STAFF = 400
"""More names than there are users and partners without jobs. People are counted twice: the past
has some as well."""
PURPOSE = "demonstratie"


class DemoError(KoempelError):
    """The demonstration cannot be loaded here."""


def load_demo(*, people: int = 4000, jobs: int = 1000, at: datetime) -> bool:
    """Invent a region and load it, unless there is one already; says whether it did.

    Raises
    ------
    DemoError
        When there are data that are no demonstration.
    """
    if Organisation.objects.exists():
        _refuse_real_data()
        return False
    with bar("Een regio wordt verzonnen") as told:
        region = synthetic_region(
            people=people, jobs=jobs, seed=SEED, today=timezone.localdate(at), progress=told
        )
    with bar("De regio wordt ingevuld"):
        load_region(region, at=at)
    return True


def load_region(region: Region, *, at: datetime) -> None:
    """Write a region with its partners and users, all of it or nothing."""
    random = Random(SEED)
    names = invented_names(random, 2 * len(region.people) + len(region.employers) + N_STAFF)
    draws = Draws(random, names)
    with acting(system(PURPOSE)), transaction.atomic():
        partners = load_partners(region, names, random, at=at)
        load_levers(region, partners, at=at - BEGUN)
        stock = Stock.now()
        load_history(region, partners, draws, at=at)
        load_past_referrals()
        load_past_work(partners, draws, at=at)
        load_past_refusals()
        stock.count_again(partners, at=at)
        load_people(region, partners, draws, at=at)
        load_vacancies(region, partners, draws, at=at)
        open_feed(partners, at=at)
        load_bookings(region, partners, draws, at=at)
        load_present(partners, draws, at=at)
        load_referrals(partners, at=at)
        load_present_work(partners, at=at)
        load_transitions(region, partners, draws, at=at)
        audit.record("demo-loaded", kind="region", objects=[region.name], at=at)


def _refuse_real_data() -> None:
    if not User.objects.filter(is_demo=True).exists():
        raise DemoError(
            "In deze map staan gegevens die niet van de demonstratie zijn. Kies een andere map: "
            "koempel demo MAP."
        )
