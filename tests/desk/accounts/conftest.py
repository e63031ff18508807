"""Sign-in under the real rules: no demonstration, no attempts left over from another test."""

import pytest
from django.core.cache import cache

from koempel.desk.common.context import acting, system


@pytest.fixture(autouse=True)
def _clean_slate(settings):
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def as_system():
    with acting(system("test")):
        yield
