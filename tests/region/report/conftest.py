"""One invented plan, shared by the tests that only read it."""

import pytest

from region.report.invented import Invented, invented


@pytest.fixture(scope="package")
def plan() -> Invented:
    return invented(people=600, jobs=120)
