"""Every vacancy gets the establishment at its address; one is made where there is none."""

from typing import Any

from django.db import migrations


def to_establishments(apps: Any, schema_editor: Any) -> None:
    """Find or make the place where each vacancy is."""
    vacancies = apps.get_model("jobs", "Vacancy").objects.using(schema_editor.connection.alias)
    for vacancy in vacancies.select_related("village").order_by("pk"):
        vacancy.establishment = _there(apps, schema_editor, vacancy) or _made(
            apps, schema_editor, vacancy
        )
        vacancy.save(update_fields=["establishment"])


def _establishments(apps: Any, schema_editor: Any) -> Any:
    manager = apps.get_model("partners", "Establishment").objects
    return manager.using(schema_editor.connection.alias)


def _there(apps: Any, schema_editor: Any, vacancy: Any) -> Any:
    """The establishment at the same address; without an address, the only one in the village."""
    found = _establishments(apps, schema_editor).filter(
        organisation_id=vacancy.employer_id, village_id=vacancy.village_id
    )
    if vacancy.address.strip():
        return found.filter(address__iexact=vacancy.address.strip()).order_by("pk").first()
    return found.first() if found.count() == 1 else None


def _made(apps: Any, schema_editor: Any, vacancy: Any) -> Any:
    words = vacancy.address.strip() or vacancy.village.name
    return _establishments(apps, schema_editor).create(
        organisation_id=vacancy.employer_id,
        name=words,
        address=words,
        village_id=vacancy.village_id,
        lon=vacancy.lon,
        lat=vacancy.lat,
        valid_from=vacancy.publish_from or vacancy.changed_at.date(),
    )


def to_addresses(apps: Any, schema_editor: Any) -> None:
    """Give each vacancy the address of its establishment."""
    vacancies = apps.get_model("jobs", "Vacancy").objects.using(schema_editor.connection.alias)
    for vacancy in vacancies.select_related("establishment").order_by("pk"):
        place = vacancy.establishment
        vacancy.address = place.address
        vacancy.village_id, vacancy.lon, vacancy.lat = place.village_id, place.lon, place.lat
        vacancy.save(update_fields=["address", "village", "lon", "lat"])


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_establishment_beside_the_address")]

    operations = [migrations.RunPython(to_establishments, to_addresses)]
