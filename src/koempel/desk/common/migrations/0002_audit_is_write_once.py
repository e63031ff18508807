"""Triggers: the database itself refuses to change or remove an event of the audit trail."""

from typing import Any

from django.db import migrations

MESSAGE = "het auditspoor verandert nooit"

SQLITE = [
    f"""CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON common_auditevent
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for verb in ("UPDATE", "DELETE")
]

POSTGRESQL = [
    f"""CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$""",
    """CREATE TRIGGER audit_event_write_once BEFORE UPDATE OR DELETE ON common_auditevent
        FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON common_auditevent
        FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
]

UNDO = {
    "sqlite": [f"DROP TRIGGER audit_event_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER audit_event_write_once ON common_auditevent",
        "DROP TRIGGER IF EXISTS audit_event_no_truncate ON common_auditevent",
        "DROP FUNCTION audit_event_refuse()",
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

    dependencies = (("common", "0001_audit_trail"),)
    operations = (migrations.RunPython(lock, unlock),)
