"""Objects behind the addresses of levers."""

from datetime import date

from desk.accounts.examples import organisation_of
from desk.examples import OF_PERSON, example
from desk.factories.levers import ChildcareFactory, LeverFactory, ShuttleFactory, booked
from desk.people.examples import person_of


@example("levers:file", "levers:confirm", "levers:stock", "levers:edit", "levers:book")
def lever(asker, stand):
    return {"pk": LeverFactory(organisation=organisation_of(asker, stand)).pk}


@example("levers:run-new")
def line(asker, stand):
    return {"pk": ShuttleFactory(organisation=organisation_of(asker, stand)).pk}


@example("levers:new")
def owner_of_levers(asker, stand):
    return {"family": "fietsen", "partner": organisation_of(asker, stand).pk}


@example("levers:choose", stands=OF_PERSON)
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}


@example("levers:step", "levers:voucher", "levers:no-match", stands=OF_PERSON)
def booking(asker, stand):
    """Of a lever of the asker's organisation when the person is of it, too."""
    lever = LeverFactory(organisation=organisation_of(asker, stand))
    return {"pk": booked(lever, case_number=person_of(asker, stand).pk).pk}


@example("levers:extend", stands=OF_PERSON)
def temporary(asker, stand):
    lever = ChildcareFactory(organisation=organisation_of(asker, stand))
    number = person_of(asker, stand).pk
    return {"pk": booked(lever, case_number=number, ends_on=date(2027, 3, 1)).pk}
