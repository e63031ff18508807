"""Filters of a list: what one can choose, and what it does to the rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from koempel.desk.common.inputs import DayInput

Rows = QuerySet[Any]
Choices = Iterable[tuple[str, str]]
YES, NO = "ja", "nee"


class Filter(Protocol):
    """A choice above a list; `name` stands in the address of the page."""

    @property
    def name(self) -> str:
        """The name in the address."""
        ...

    def field(self, request: HttpRequest) -> forms.Field:
        """The form field that checks the value."""
        ...

    def apply(self, rows: Rows, value: Any) -> Rows:
        """The rows that stay with a value."""
        ...


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """One of several values of a field.

    `choices` is a list, or a function of the request when they depend on who asks.
    """

    name: str
    label: str
    lookup: str
    choices: Choices | Callable[[HttpRequest], Choices]

    def field(self, request: HttpRequest) -> forms.Field:
        """A choice with "alle" first."""
        choices = self.choices(request) if callable(self.choices) else self.choices
        return forms.ChoiceField(label=self.label, choices=[("", "alle"), *choices], required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows with this value."""
        return rows.filter(**{self.lookup: value})


@dataclass(frozen=True, slots=True)
class YesNoFilter:
    """Whether something holds."""

    name: str
    label: str
    lookup: str

    def field(self, request: HttpRequest) -> forms.Field:
        """Yes, no, or all."""
        choices = [("", "alle"), (YES, "ja"), (NO, "nee")]
        return forms.ChoiceField(label=self.label, choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows where it holds, or where it does not."""
        return rows.filter(**{self.lookup: value == YES})


@dataclass(frozen=True, slots=True)
class DateFilter:
    """A day as a limit; the lookup says which side, such as ``starts_on__gte``."""

    name: str
    label: str
    lookup: str

    def field(self, request: HttpRequest) -> forms.Field:
        """A day."""
        return forms.DateField(label=self.label, required=False, widget=DayInput())

    def apply(self, rows: Rows, value: Any) -> Rows:
        """Rows on the right side of the day."""
        return rows.filter(**{self.lookup: value})
