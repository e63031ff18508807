"""Roles take two people, grants have limits, emergency access is reviewed by another."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from desk.factories.accounts import (
    NOON,
    AccessGrantFactory,
    BreakGlassFactory,
    OrganisationFactory,
    RoleRequestFactory,
    UserFactory,
)
from koempel.desk.accounts import actions, queries
from koempel.desk.accounts.actions import Newcomer
from koempel.desk.accounts.models import Basis, RoleRequest
from koempel.desk.accounts.rules import RefusedError, Term
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

CASE = "K-7F3Q"


@pytest.fixture
def operator():
    return UserFactory(role=Role.OPERATOR)


@pytest.fixture
def second():
    return UserFactory(role=Role.OPERATOR)


def invite(by, role=Role.CASEWORKER):
    newcomer = Newcomer("Nel Nieuwman", "Nel@koempel.invalid", OrganisationFactory(), role)
    return actions.invite_user(newcomer, by=by, on=NOON)


def test_newcomer_stays_outside_until_a_second_operator_agrees(operator, second):
    asked = invite(operator)
    assert (asked.user.is_active, asked.user.email) == (False, "nel@koempel.invalid")
    user = actions.give_role(asked, by=second, on=NOON)
    assert (user.is_active, user.role) == (True, Role.CASEWORKER)


def test_role_is_not_given_by_who_asked_it(operator):
    with pytest.raises(RefusedError, match="tweede beheerder"):
        actions.give_role(invite(operator), by=operator, on=NOON)


def test_role_is_not_given_to_oneself(operator, second):
    asked = actions.ask_role(second, role=Role.DPO, by=operator, on=NOON)
    with pytest.raises(RefusedError, match="over jou"):
        actions.give_role(asked, by=second, on=NOON)
    with pytest.raises(RefusedError, match="jezelf"):
        actions.ask_role(operator, role=Role.DPO, by=operator, on=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATOR, Role.ANONYMOUS}))
def test_only_operators_ask_and_give_roles(role, operator):
    other = UserFactory(role=role)
    with pytest.raises(RefusedError, match="Alleen een beheerder"):
        invite(other)
    with pytest.raises(RefusedError, match="Alleen een beheerder"):
        actions.give_role(invite(operator), by=other, on=NOON)


def test_role_is_decided_once(operator, second):
    asked = invite(operator)
    actions.refuse_role(asked, by=second, on=NOON)
    with pytest.raises(RefusedError, match="al beslist"):
        actions.give_role(asked, by=second, on=NOON)
    asked.user.refresh_from_db()
    assert not asked.user.is_active


def test_one_question_at_a_time(operator, second):
    asked = invite(operator)
    with pytest.raises(RefusedError, match="staat al een vraag open"):
        actions.ask_role(asked.user, role=Role.DPO, by=second, on=NOON)


@pytest.mark.parametrize("decided_by", ["asked_by", "user"])
def test_database_refuses_a_role_given_alone(decided_by):
    asked = RoleRequestFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.filter(pk=asked.pk).update(
            decided_by=getattr(asked, decided_by), decided_at=NOON, is_given=True
        )


def test_closed_account_has_no_open_question_left(operator, second):
    user = UserFactory()
    actions.ask_role(user, role=Role.DPO, by=operator, on=NOON)
    actions.deactivate_user(user, by=second, on=NOON)
    assert not queries.open_role_requests().exists()
    user.refresh_from_db()
    assert not user.is_active


def test_operator_does_not_close_the_own_account(operator):
    with pytest.raises(RefusedError, match="eigen account"):
        actions.deactivate_user(operator, by=operator, on=NOON)


def test_each_step_leaves_its_line(operator, second):
    actions.give_role(invite(operator), by=second, on=NOON)
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["user-invited", "role-asked", "role-given"]


# grants


def give(by, to, *, classes=("K3",), days=30):
    return actions.give_grant(
        CASE,
        to=to,
        purpose="toeleiding",
        classes=classes,
        basis=Basis.AGREEMENT,
        evidence="Formulier van 1 november",
        term=Term(NOON, NOON + timedelta(days=days)),
        by=by,
    )


def test_grant_holds_in_its_term_only():
    partner = OrganisationFactory()
    give(UserFactory(), partner)
    moments = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(days=30)]
    held = [queries.grants_valid(partner.pk, moment).exists() for moment in moments]
    assert held == [False, True, False]


def test_withdrawn_grant_holds_no_longer():
    grant = give(UserFactory(), OrganisationFactory())
    actions.withdraw_grant(grant, by=grant.given_by, on=NOON)
    assert not queries.grants_valid(grant.to_organisation_id, NOON).exists()


def test_grant_holds_for_nobody_else():
    grant = AccessGrantFactory()
    assert not queries.grants_valid(OrganisationFactory().pk, NOON).exists()
    assert queries.grants_valid(grant.to_organisation_id, NOON).get() == grant


@pytest.mark.parametrize("trait", ["ended", "withdrawn", "not_begun"])
def test_grant_out_of_term_holds_for_nobody(trait):
    grant = AccessGrantFactory(**{trait: True})
    assert not queries.grants_valid(grant.to_organisation_id, NOON).exists()


def test_grant_to_a_stopped_organisation_does_not_hold():
    grant = AccessGrantFactory(to_organisation=OrganisationFactory(stopped=True))
    assert not queries.grants_valid(grant.to_organisation_id, NOON).exists()


@pytest.mark.parametrize(
    ("classes", "days", "why"),
    [
        ((), 30, "welke gegevens"),
        (("K1",), 30, "welke gegevens"),
        (("K3",), 0, "einddatum"),
        (("K3",), 3 * 365, "einddatum"),
    ],
)
def test_grant_without_limits_is_refused(classes, days, why):
    with pytest.raises(RefusedError, match=why):
        give(UserFactory(), OrganisationFactory(), classes=classes, days=days)


def test_grant_is_not_given_by_an_operator_nor_to_oneself(operator):
    with pytest.raises(RefusedError, match="begeleidt"):
        give(operator, OrganisationFactory())
    guide = UserFactory()
    with pytest.raises(RefusedError, match="eigen organisatie"):
        give(guide, guide.organisation)


# emergency access


def test_emergency_access_lasts_an_hour():
    guide = UserFactory()
    actions.open_break_glass(CASE, reason="Crisis", by=guide, on=NOON)
    moments = [NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=1)]
    opened = [[each.person for each in queries.opened_by(guide.pk, at)] for at in moments]
    assert opened == [[CASE], [CASE], []]


def test_emergency_access_needs_a_reason_and_a_guide(operator):
    with pytest.raises(RefusedError, match="waarom"):
        actions.open_break_glass(CASE, reason="  ", by=UserFactory(), on=NOON)
    with pytest.raises(RefusedError, match="begeleidt"):
        actions.open_break_glass(CASE, reason="Crisis", by=operator, on=NOON)


def test_emergency_access_is_reviewed_once_by_the_officer():
    opened, officer = BreakGlassFactory(), UserFactory(role=Role.DPO)
    with pytest.raises(RefusedError, match="gegevensbescherming"):
        actions.review_break_glass(opened, verdict="In orde", by=UserFactory(), on=NOON)
    reviewed = actions.review_break_glass(opened, verdict="In orde", by=officer, on=NOON)
    assert reviewed.reviewed_by == officer
    with pytest.raises(RefusedError, match="al nagekeken"):
        actions.review_break_glass(opened, verdict="Toch niet", by=officer, on=NOON)


def test_officer_does_not_review_the_own_access():
    officer = UserFactory(role=Role.DPO)
    opened = actions.open_break_glass(CASE, reason="Klacht", by=officer, on=NOON)
    with pytest.raises(RefusedError, match="eigen noodtoegang"):
        actions.review_break_glass(opened, verdict="In orde", by=officer, on=NOON)


def test_what_waits_for_review_comes_first():
    reviewed = BreakGlassFactory(reviewed=True)
    waits = [BreakGlassFactory(opened_at=NOON + timedelta(days=day)) for day in (2, 1)]
    assert list(queries.break_glasses()) == [waits[1], waits[0], reviewed]


def test_trail_tells_when_it_was_done(operator, second):
    user = actions.give_role(invite(operator), by=second, on=NOON)
    opened = actions.open_break_glass(CASE, reason="Crisis", by=user, on=NOON)
    actions.review_break_glass(opened, verdict="Goed", by=UserFactory(role=Role.DPO), on=NOON)
    actions.withdraw_grant(AccessGrantFactory(person=CASE), by=user, on=NOON)
    actions.deactivate_user(user, by=operator, on=NOON)
    assert list(AuditEvent.objects.values_list("at", flat=True)) == [NOON] * 7


def test_stopped_organisation_sees_nobody_any_more(second):
    grant = AccessGrantFactory(person=CASE)
    partner = grant.to_organisation
    assert actions.stop_organisation(partner, by=second, on=NOON)
    assert not actions.stop_organisation(partner, by=second, on=NOON)
    actions.resume_organisation(partner, stopped_at=None, on=NOON)
    grant.refresh_from_db()
    assert (partner.is_active, grant.withdrawn_at) == (True, NOON)
    told = AuditEvent.objects.values_list("verb", "objects_seen")
    assert list(told) == [("grants-ended", [CASE])]


def test_undoing_a_stop_gives_back_what_it_ended_and_no_more(second):
    grant = AccessGrantFactory(person=CASE)
    partner = grant.to_organisation
    earlier = NOON - timedelta(hours=1)
    withdrawn = AccessGrantFactory(to_organisation=partner, withdrawn_at=earlier)
    actions.stop_organisation(partner, by=second, on=NOON)
    actions.resume_organisation(partner, stopped_at=NOON, on=NOON + timedelta(minutes=1))
    for each in (grant, withdrawn):
        each.refresh_from_db()
    assert (grant.withdrawn_at, withdrawn.withdrawn_at) == (None, earlier)


def test_nobody_stops_the_own_organisation(operator):
    own = operator.organisation
    own.is_active = False
    with pytest.raises(RefusedError, match="je eigen organisatie"):
        actions.save_organisation(own, by=operator, on=NOON)


def test_operator_who_stops_an_organisation_ends_what_it_sees(operator):
    grant = AccessGrantFactory()
    grant.to_organisation.is_active = False
    actions.save_organisation(grant.to_organisation, by=operator, on=NOON)
    grant.refresh_from_db()
    assert (grant.to_organisation.is_active, grant.withdrawn_at) == (False, NOON)
