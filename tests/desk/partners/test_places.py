"""Places and numbers."""

import pytest
from django.core.exceptions import ValidationError

from koempel.desk.common.validators import (
    validate_enterprise_number,
    validate_establishment_number,
)
from koempel.desk.partners.models import Municipality, Village
from koempel.desk.partners.places import fill_places
from koempel.region import geography


@pytest.mark.django_db
def test_every_place_of_the_geography_is_in_the_tables():
    wanted = {place.id for those in geography.places().values() for place in those}

    assert set(Village.objects.values_list("code", flat=True)) == wanted
    assert set(Municipality.objects.values_list("nis", flat=True)) == set(geography.towns())


@pytest.mark.django_db
def test_filling_again_corrects_what_differs():
    Village.objects.filter(code="71070-heusden").update(name="Verkeerd")

    fill_places()

    assert Village.objects.get(code="71070-heusden").name == "Heusden"


@pytest.mark.parametrize("number", ["0403019261", "0428759497", "0566988259"])
def test_enterprise_number_with_right_check_is_taken(number):
    validate_enterprise_number(number)


@pytest.mark.parametrize("number", ["2147812701", "2147812897"])
def test_establishment_number_with_right_check_is_taken(number):
    validate_establishment_number(number)


@pytest.mark.parametrize("number", ["2147812702", "0403019261", "9147812701", "214781270", ""])
def test_wrong_establishment_number_is_refused(number):
    with pytest.raises(ValidationError, match="geen geldig vestigingsnummer"):
        validate_establishment_number(number)
