"""Fields that every form uses: a day, a number with decimals, a Belgian number."""

from decimal import Decimal
from typing import Any

from django import forms

from koempel.desk.common.validators import digits_of, dotted


class DayInput(forms.DateInput):
    """A day with the calendar of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DecimalInput(forms.NumberInput):
    """A number without the zeros that its column adds: 38 rather than 38.00.

    Examples
    --------
    >>> DecimalInput().format_value(Decimal("1200.00")), DecimalInput().format_value("12,5")
    ('1200', '12,5')
    """

    def format_value(self, value: Any) -> str | None:
        """The number, as a field for numbers wants it."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        shown: str | None = super().format_value(value)
        return shown


class NumberField(forms.CharField):
    """A Belgian number of ten digits, typed with or without dots, or left empty."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(required=False, max_length=20, **rest)

    def to_python(self, value: Any) -> str:
        """Its digits alone."""
        return digits_of(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        """With dots, while it is what is stored."""
        return dotted(value) if isinstance(value, str) and value.isdigit() else value
