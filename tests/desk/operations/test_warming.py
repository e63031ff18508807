"""A web server reads the latest plan before anybody asks."""

import pytest

from desk.factories.accounts import UserFactory
from desk.planning.town import make_town
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.operations.warming import start_warming
from koempel.desk.planning import what_ifs


@pytest.mark.django_db(transaction=True)
def test_the_latest_plan_is_read_in_a_thread_of_its_own():
    with acting(system("test")):
        run = make_town(UserFactory(role=Role.CASEWORKER)).run
    what_ifs._boards.clear()

    start_warming().join(60)

    assert [board.key for board in what_ifs._boards] == [(run.pk, run.state_digest)]
