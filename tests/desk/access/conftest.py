"""Access under the real rules: no demonstration, nothing left over from another test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _clean_slate(settings):
    settings.DEMO = False
    cache.clear()
