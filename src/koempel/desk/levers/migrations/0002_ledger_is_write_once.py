"""Triggers: the database itself refuses to change or remove an entry of the ledger."""

from typing import Any

from django.db import migrations

MESSAGE = "het grootboek verandert nooit"

SQLITE = [
    f"""CREATE TRIGGER lever_entry_no_{verb.lower()} BEFORE {verb} ON levers_leverentry
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for verb in ("UPDATE", "DELETE")
]

POSTGRESQL = [
    f"""CREATE FUNCTION lever_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$""",
    """CREATE TRIGGER lever_entry_write_once BEFORE UPDATE OR DELETE ON levers_leverentry
        FOR EACH ROW EXECUTE FUNCTION lever_entry_refuse()""",
    """CREATE TRIGGER lever_entry_no_truncate BEFORE TRUNCATE ON levers_leverentry
        FOR EACH STATEMENT EXECUTE FUNCTION lever_entry_refuse()""",
]

UNDO = {
    "sqlite": [f"DROP TRIGGER lever_entry_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER lever_entry_write_once ON levers_leverentry",
        "DROP TRIGGER IF EXISTS lever_entry_no_truncate ON levers_leverentry",
        "DROP FUNCTION lever_entry_refuse()",
    ],
}


def lock(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unlock(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Write once."""

    dependencies = (("levers", "0001_levers_and_ledger"),)
    operations = (migrations.RunPython(lock, unlock),)
