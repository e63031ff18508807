"""The wall around people: no rows without a context, and only the rows within reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.cast import make_cast
from desk.factories.accounts import AccessGrantFactory, BreakGlassFactory, UserFactory
from desk.factories.people import (
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from koempel.desk.common.context import (
    Context,
    NoContextError,
    Relation,
    Show,
    acting,
    system,
)
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)
from koempel.desk.people.protection import CONFIDENTIAL_PURPOSE

pytestmark = pytest.mark.django_db
PROTECTED = [Person, Child, SupportRight, PersonObstacle, TimelineEntry, ConfidentialNote]


def as_user(user, relation, purpose="toeleiding"):
    return acting(
        Context(
            role=user.role,
            purpose=purpose,
            user=user.pk,
            organisation=user.organisation_id,
            relation=relation,
            show=Show.FULL,
        )
    )


@pytest.fixture
def yara():
    with acting(system("proef")):
        person = PersonFactory()
        ChildFactory(person=person)
        SupportRightFactory(person=person)
        PersonObstacleFactory(person=person)
        TimelineEntryFactory(person=person)
        ConfidentialNoteFactory(person=person)
        return person


def seen(model):
    return {row.pk if model is Person else row.person_id for row in model.objects.all()}


@pytest.mark.parametrize("model", PROTECTED)
def test_tables_refuse_to_answer_without_a_context(model):
    with pytest.raises(NoContextError):
        model.objects.count()


@pytest.mark.parametrize("model", PROTECTED)
def test_base_managers_are_the_protected_ones(model):
    with pytest.raises(NoContextError):
        model._base_manager.count()


def test_reading_again_does_not_walk_round_the_wall(yara):
    stranger = UserFactory()
    with as_user(stranger, Relation.ASSIGNED), pytest.raises(Person.DoesNotExist):
        yara.refresh_from_db()


@pytest.mark.parametrize("model", PROTECTED)
def test_caseworker_sees_assigned_people(yara, model):
    with as_user(yara.caseworker, Relation.ASSIGNED, CONFIDENTIAL_PURPOSE):
        assert seen(model) == {yara.pk}


@pytest.mark.parametrize("model", PROTECTED)
def test_colleague_sees_nothing_of_people_of_others(yara, model):
    colleague = UserFactory(organisation=yara.organisation)
    with as_user(colleague, Relation.ASSIGNED, CONFIDENTIAL_PURPOSE):
        assert seen(model) == set()


def test_open_break_glass_shows_one_case(yara):
    with acting(system("proef")):
        PersonFactory(caseworker=yara.caseworker)
    colleague = UserFactory(organisation=yara.organisation)
    BreakGlassFactory(
        person=yara.pk, user=colleague, opened_at=timezone.now() - timedelta(minutes=1)
    )
    with as_user(colleague, Relation.ASSIGNED):
        assert seen(Person) == {yara.pk}


def test_break_glass_of_yesterday_shows_nothing(yara):
    colleague = UserFactory(organisation=yara.organisation)
    BreakGlassFactory(person=yara.pk, user=colleague, opened_at=timezone.now() - timedelta(days=1))
    with as_user(colleague, Relation.ASSIGNED):
        assert seen(Person) == set()


def test_break_glass_opens_no_case_of_another_office(yara):
    stranger = UserFactory()
    now = timezone.now()
    BreakGlassFactory(person=yara.pk, user=stranger, opened_at=now - timedelta(minutes=1))
    with as_user(stranger, Relation.ASSIGNED):
        assert seen(Person) == set()


def test_caseworker_who_moves_to_another_office_leaves_the_cases_behind(yara):
    yara.caseworker.organisation = UserFactory().organisation
    with as_user(yara.caseworker, Relation.ASSIGNED):
        assert seen(Person) == set()


@pytest.mark.parametrize("model", [Person, Child, TimelineEntry])
def test_only_the_organisation_with_a_grant_sees_the_person(yara, model):
    cast = make_cast(yara.pk)
    for user, expected in ((cast.bart, {yara.pk}), (cast.chris, set())):
        with as_user(user, Relation.GRANTED):
            assert seen(model) == expected


@pytest.mark.parametrize("ends", ["ended", "withdrawn"])
def test_grant_that_is_over_shows_nothing(yara, ends):
    bart = make_cast().bart
    AccessGrantFactory(person=yara.pk, to_organisation=bart.organisation, **{ends: True})
    with as_user(bart, Relation.GRANTED):
        assert seen(Person) == set()


def test_own_shows_the_people_of_the_organisation(yara):
    with acting(system("proef")):
        PersonFactory()
    colleague = UserFactory(organisation=yara.organisation)
    with as_user(colleague, Relation.OWN):
        assert seen(Person) == {yara.pk}


def test_confidential_notes_open_for_one_purpose_only(yara):
    with as_user(yara.caseworker, Relation.ASSIGNED), pytest.raises(NoContextError):
        ConfidentialNote.objects.count()
