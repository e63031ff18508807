"""Each reader knows who is behind a booking as far as it is needed, and no further."""

from datetime import date

import pytest
from django.urls import reverse

from desk.factories.accounts import NOON, AccessGrantFactory, OrganisationFactory, UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
    requested,
)
from desk.factories.people import ChildFactory, PersonFactory
from koempel.desk.common.context import Context, Relation, Show, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers import actions
from koempel.desk.levers.holders import Holder, holders_of
from koempel.desk.people.disclosures import ChildSeen
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def yara():
    with acting(system("tests")):
        return PersonFactory(
            first_name="Yara", last_name="Lampenier", phone="0400 12 34 56", dutch_speaking="A1"
        )


@pytest.fixture
def lio(yara):
    with acting(system("tests")):
        return ChildFactory(person=yara, first_name="Lio", birth_month=date(2025, 9, 1))


def seen_by(booking, relation=Relation.OWN, show=Show.CONTACT, organisation=None, user=None):
    """What a reader knows, and what the audit trail gets to know of that."""
    owner = organisation or booking.lever.organisation_id
    reader = Context(
        Role.TRAINING, "tests", user=user, organisation=owner, relation=relation, show=show
    )
    with acting(reader):
        holder = holders_of([booking])[booking.pk]
    return holder, set(reader.disclosed)


def test_shop_knows_the_first_name_of_who_has_a_voucher(yara):
    booking = booked(LeverFactory(), case_number=yara.pk)

    assert seen_by(booking) == (Holder(name="Yara", knows_why=True), {"K2", "K3"})


def test_childcare_knows_the_parent_and_the_child(yara, lio):
    booking = booked(ChildcareFactory(), case_number=yara.pk, child=lio)

    child = ChildSeen("Lio", date(2025, 9, 1))
    expected = Holder(name="Yara Lampenier", phone="0400 12 34 56", child=child, knows_why=True)
    assert seen_by(booking) == (expected, {"K2", "K3", "K5"})


@pytest.mark.parametrize("make", [ShuttleFactory, CourseFactory])
def test_who_drives_or_teaches_knows_whom_to_call(yara, make):
    booking = booked(
        make(kind=make.kind if make is ShuttleFactory else LeverKind.SKILL_COURSE),
        case_number=yara.pk,
    )

    expected = Holder(name="Yara Lampenier", phone="0400 12 34 56", knows_why=True)
    assert seen_by(booking) == (expected, {"K2", "K3"})


def test_who_teaches_dutch_knows_the_level_too(yara):
    booking = booked(CourseFactory(), case_number=yara.pk)

    expected = Holder(name="Yara Lampenier", phone="0400 12 34 56", level="A1", knows_why=True)
    assert seen_by(booking) == (expected, {"K2", "K3", "K4"})


def test_question_tells_a_partner_what_it_must_weigh_and_no_name(yara, lio):
    bike = requested(LeverFactory(), case_number=yara.pk)
    lesson = requested(CourseFactory(), case_number=yara.pk)
    place = requested(ChildcareFactory(), case_number=yara.pk, child=lio)

    assert [seen_by(each)[0] for each in (bike, lesson, place)] == [
        Holder(knows_why=True),
        Holder(level="A1", knows_why=True),
        Holder(child=ChildSeen("Lio", date(2025, 9, 1)), knows_why=True),
    ]


def test_name_is_gone_when_the_lever_is(yara):
    lever = LeverFactory()
    booking = booked(lever, case_number=yara.pk)
    with acting(system("tests")):
        released = actions.release_booking(booking, by=booking.made_by, at=NOON, reason="weg")

    assert seen_by(released) == (Holder(knows_why=True), {"K2"})


def test_director_knows_the_number_alone(yara):
    booking = booked(LeverFactory(), case_number=yara.pk)

    found = seen_by(booking, relation=Relation.ANY, show=Show.PSEUDONYM)

    assert found == (Holder(case_number=yara.pk), {"K2"})


def test_guide_knows_the_own_people_by_name(yara):
    booking = booked(LeverFactory(), case_number=yara.pk)

    guide = yara.caseworker
    found = seen_by(
        booking,
        relation=Relation.ASSIGNED,
        show=Show.FULL,
        user=guide.pk,
        organisation=guide.organisation_id,
    )

    expected = Holder(name="Yara Lampenier", case_number=yara.pk, knows_why=True)
    assert found == (expected, {"K2", "K3"})


@pytest.mark.parametrize(
    ("classes", "name", "knows_why"),
    [
        (["K2"], "", False),
        (["K2", "K3"], "Yara Lampenier", False),
        (["K2", "K3", "K4"], "Yara Lampenier", True),
    ],
)
def test_mediator_knows_what_was_shared(yara, classes, name, knows_why):
    vdab = OrganisationFactory()
    AccessGrantFactory(person=yara.pk, to_organisation=vdab, classes=classes)
    booking = booked(LeverFactory(), case_number=yara.pk)

    holder, _ = seen_by(booking, relation=Relation.GRANTED, show=Show.FULL, organisation=vdab.pk)

    assert holder == Holder(name=name, case_number=yara.pk, knows_why=knows_why)


def test_who_directs_reads_no_code_of_a_voucher_and_no_reason(client, yara):
    depot = LeverFactory()
    open_booking = booked(depot, case_number=yara.pk)
    ended = booked(depot, case_number=yara.pk, key="ended")
    with acting(system("tests")):
        actions.release_booking(ended, by=ended.made_by, at=NOON, reason="te groot voor haar")
    seen = {}

    for role in (Role.DIRECTOR, Role.REUSE_SHOP):
        client.force_login(UserFactory(role=role, organisation=depot.organisation))
        page = client.get(reverse("levers:file", kwargs={"pk": depot.pk})).content.decode()
        seen[role] = [word in page for word in (open_booking.voucher, "groot voor haar")]

    assert seen == {Role.DIRECTOR: [False, False], Role.REUSE_SHOP: [True, True]}
