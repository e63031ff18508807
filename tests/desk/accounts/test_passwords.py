"""Passwords of words from here and of the own name are refused; sentences are not."""

import pytest
from django.core.exceptions import ValidationError

from desk.factories.accounts import PASSWORD, OrganisationFactory, UserFactory
from koempel.desk.accounts.passwords import OwnWordsValidator

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    organisation = OrganisationFactory(name="Maatwerk Mijnpaard")
    return UserFactory.build(
        pk=1, name="Zeynep Gruiswever", email="gruis@mijnpaard.invalid", organisation=organisation
    )


def is_taken(password, user=None):
    try:
        OwnWordsValidator().validate(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    ["koempelberingen1", "Wachtwoord-2026-2026", "Zomer in Limburg!", "aaaaaaaaaaaaaaaaaa"],
)
def test_words_from_here_alone_are_refused(password):
    assert not is_taken(password)


@pytest.mark.parametrize("password", ["Zeynep Gruiswever 1", "maatwerk-mijnpaard-7"])
def test_own_name_and_organisation_are_refused_to_who_bears_them(password, user):
    assert not is_taken(password, user)
    assert is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "koempel brengt mij elke dag naar beringen",
        "7392 0481 6650 1187",
        "zeven zwarte mijnlampen",
    ],
)
def test_sentences_and_random_signs_are_taken(password, user):
    assert is_taken(password, user)
