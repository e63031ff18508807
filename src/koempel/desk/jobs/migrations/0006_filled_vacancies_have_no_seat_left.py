"""A vacancy that is filled has all its seats taken."""

from typing import Any

from django.db import migrations
from django.db.models import F


def fill(apps: Any, schema_editor: Any) -> None:
    """Take the seats of what is filled."""
    vacancies = apps.get_model("jobs", "Vacancy").objects.using(schema_editor.connection.alias)
    vacancies.filter(state="FILLED").update(taken=F("seats"))


class Migration(migrations.Migration):
    dependencies = [("jobs", "0005_seats_that_are_taken")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
