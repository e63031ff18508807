"""Fills the tables as they were first landed, brings them up to date, and compares every row.

Prints what was lost on the way: tables, columns, rows, values. A program and no test: it needs a
database of its own that is empty.
"""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import django

django.setup()

from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

FIRST = [
    ("accounts", "0002_roles_take_two_people"),
    ("common", "0002_audit_is_write_once"),
    ("jobs", "0001_vacancies"),
    ("levers", "0002_ledger_is_write_once"),
    ("partners", "0002_partners_establishments_contacts"),
    ("people", "0001_people_and_cases"),
]
"""The tables of 23 November 2026, the first that were used."""
APPS = [app for app, _ in FIRST]
DAY, MOMENT = date(2026, 11, 2), datetime(2026, 11, 2, 9, tzinfo=UTC)
VALUES = (
    (models.BooleanField, True),
    (models.DateTimeField, MOMENT),
    (models.DateField, DAY),
    (models.FloatField, 1.5),
    (models.DecimalField, Decimal("1.5")),
    (models.IntegerField, 1),
    (models.JSONField, ["K2"]),
    (models.EmailField, "oud@koempel.invalid"),
)
OTHERWISE = {
    "AccessGrant": {"valid_until": datetime(2027, 11, 2, tzinfo=UTC)},
    "BreakGlass": {"until": datetime(2026, 11, 2, 10, tzinfo=UTC)},
    "RoleRequest": {"is_given": False},
    "ChildcareSite": {"age_from": 0, "age_to": 3},
    "Person": {"case_number": "K-7F3Q", "lon": 5.3, "lat": 51.0},
}
"""Where a constraint asks for more than a value of the right kind."""


def main() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    apps = MigrationExecutor(connection).loader.project_state(FIRST).apps
    tables = in_order([m for m in apps.get_models() if m._meta.app_label in APPS])
    for model in tables:
        fill(model)
        if model.__name__ == "User":
            fill(model, email="tweede@koempel.invalid")
    for model in tables:
        tie(model)
    before = rows()
    call_command("migrate", verbosity=0, skip_checks=True)
    print(json.dumps({"tables": len(before), **lost(before, rows())}))


def in_order(found):
    """Each after those that it points to."""
    ready, left = [], list(found)
    while left:
        (model, *_) = [m for m in left if not points_to(m) & {each._meta.label for each in left}]
        ready.append(model)
        left.remove(model)
    return ready


def points_to(model):
    fields = [f for f in model._meta.concrete_fields if f.is_relation and not f.null]
    return {f.related_model._meta.label for f in fields} - {model._meta.label}


def fill(model, **other):
    facts = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField) or (field.null and field.is_relation):
            continue
        facts[field.name] = value_of(field)
    model._base_manager.create(**facts | OTHERWISE.get(model.__name__, {}) | other)


def tie(model):
    """Each row to all that it can have many of."""
    for field in model._meta.many_to_many:
        for row in model._base_manager.all():
            getattr(row, field.name).set(field.related_model._base_manager.all())


def value_of(field):
    if field.is_relation:
        found = field.related_model._base_manager.order_by("pk")
        # Nobody asks a role for oneself.
        return found.last() if field.name == "asked_by" else found.first()
    if field.choices:
        return field.choices[0][0]
    for kind, value in VALUES:
        if isinstance(field, kind):
            return None if field.null and kind is models.DateTimeField else value
    return field.name[: field.max_length]


def rows():
    """Every row of every table of ours, by its key."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: rows_of(cursor, name) for name in names if name.partition("_")[0] in APPS}


def rows_of(cursor, table):
    key = connection.introspection.get_primary_key_column(cursor, table)
    cursor.execute(f'SELECT * FROM "{table}"')
    columns = [each[0] for each in cursor.description]
    found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return {row[key]: row for row in found}


def lost(before, after):
    """What is there no more, or otherwise."""
    shared = [name for name in before if name in after]
    pairs = [
        (f"{name}.{column}", value, after[name][key].get(column, "gone"))
        for name in shared
        for key, row in before[name].items()
        if key in after[name]
        for column, value in row.items()
    ]
    return {
        "empty tables": sorted(name for name, found in before.items() if not found),
        "lost tables": sorted(set(before) - set(after)),
        "lost rows": sorted(name for name in shared if before[name].keys() - after[name].keys()),
        "lost columns": sorted(where for where, _, value in pairs if value == "gone"),
        "other values": sorted(where for where, old, new in pairs if new not in (old, "gone")),
    }


if __name__ == "__main__":
    main()
