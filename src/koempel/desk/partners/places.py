"""Municipalities and villages in the database: a copy of the geography that Koempel carries."""

from typing import Any

from django.db import connections, transaction

from koempel.desk.partners.models import Municipality, Village
from koempel.region import geography


def fill_places(using: str = "default", **rest: Any) -> None:
    """Write every municipality and village, and correct those that differ."""
    if Village._meta.db_table not in connections[using].introspection.table_names():
        return  # the tables were just taken away
    with transaction.atomic(using):
        _write(using, Municipality, _municipalities())
        _write(using, Village, _villages())


def _write(using: str, model: type[Municipality] | type[Village], rows: list[Any]) -> None:
    key = model._meta.pk.name
    model._base_manager.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[each.attname for each in model._meta.concrete_fields if each.name != key],
    )


def _municipalities() -> list[Municipality]:
    return [
        Municipality(nis=town.nis, name=town.name, lon=town.lon, lat=town.lat)
        for town in geography.towns().values()
    ]


def _villages() -> list[Village]:
    return [
        Village(
            code=place.id,
            name=place.name,
            municipality_id=place.nis,
            postcode=place.postcode,
            lon=place.lon,
            lat=place.lat,
        )
        for those in geography.places().values()
        for place in those
    ]
