"""System check: no field of a person without a declaration, and no declaration without a field."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from koempel.desk.people.fields import DECLARED


@register()
def every_field_is_declared(app_configs: Any, **rest: Any) -> list[CheckMessage]:
    """Compare the tables of people with `fields.DECLARED`, both ways."""
    real = {
        (model.__name__, field.name)
        for model in apps.get_app_config("people").get_models()
        for field in model._meta.concrete_fields
    }
    declared = {(model, field) for model, fields in DECLARED.items() for field in fields}
    missing = [
        Error(f"Het veld {model}.{field} heeft geen klasse en termijn.", id="koempel.E010")
        for model, field in sorted(real - declared)
    ]
    stray = [
        Error(f"fields.py noemt {model}.{field}, maar dat veld bestaat niet.", id="koempel.E011")
        for model, field in sorted(declared - real)
    ]
    return [*missing, *stray]
