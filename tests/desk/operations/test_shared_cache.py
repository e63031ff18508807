"""Attempts count for all processes together, and nobody's address lies in the table."""

import pytest

from koempel.desk.common.models import CacheEntry

ATTEMPTS = """
from koempel.desk.accounts.models import User
from koempel.desk.operations.admins import create_operator
from django.utils import timezone
if not User.objects.exists():
    create_operator("an@koempel.invalid", name="An", organisation="De Drie Schachten",
        password="een lange zin die niemand raadt", on=timezone.now())
from django.test import Client
client = Client(headers={"host": "localhost"})
for password in ["fout"] * 3 + ["een lange zin die niemand raadt"]:
    answer = client.post("/aanmelden/wachtwoord/",
        {"login": "an@koempel.invalid", "password": password})
    print("Te veel pogingen" in answer.text, "_auth_user_id" in client.session)
    client.post("/afmelden/")
"""


@pytest.mark.slow
def test_attempts_in_another_process_count_here(any_office):
    refused, signed_in = "True False", "False True"
    tried = "False False"
    assert any_office.python(ATTEMPTS).splitlines() == [tried, tried, tried, signed_in]
    # Two more reach the limit of five in five minutes; then even the right one is refused.
    assert any_office.python(ATTEMPTS).splitlines() == [tried, tried, refused, refused]


@pytest.fixture
def shared(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "koempel_cache",
            "KEY_FUNCTION": "koempel.desk.common.cache.hidden_key",
        }
    }


@pytest.mark.django_db
def test_table_of_the_cache_holds_no_address_of_a_visitor(shared, client):
    client.post("/aanmelden/wachtwoord/", {"login": "niemand@koempel.invalid", "password": "x"})
    rows = list(CacheEntry.objects.values_list("cache_key", "value"))
    assert len(rows) > 1
    assert [row for row in rows if "127.0.0.1" in str(row) or "niemand" in str(row)] == []
