"""Parts of a page as tags: icon, status, kind, day, number, form field. Loaded everywhere."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField, CheckboxInput, Select
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.desk.web.pages.values import Status
from koempel.region import dutch
from koempel.region.vocabulary import Kind

register = template.Library()

NOTHING_YET = "–"
NOT_CHOSEN = ("", "Kies")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing beside words; a screen reader skips it."""
    return format_html(
        '<svg class="ico{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        static("koempel/icons.svg"),
        name,
    )


@register.simple_tag
def status(value: Status) -> SafeString:
    """A status: its word in its colour, with a capital wherever it comes from."""
    return format_html('<span class="st {}">{}</span>', value.tone, dutch.capital(value.word))


@register.simple_tag
def kind(value: Kind, title: str = "") -> SafeString:
    """An obstacle or lever with the one icon and colour it has everywhere."""
    return _kind(value, title, "")


@register.simple_tag
def chip(value: Kind, title: str = "") -> SafeString:
    """The same as `kind`, small, to stand in a row with others."""
    return _kind(value, title, " chip")


@register.simple_tag
def chips(values: Iterable[Kind]) -> SafeString:
    """Several kinds side by side."""
    inner = format_html_join(" ", "{}", ((chip(value),) for value in values))
    return format_html('<span class="chips">{}</span>', inner) if inner else SafeString("")


def _kind(value: Kind, title: str, css: str) -> SafeString:
    return format_html(
        '<span class="kd {}{}"><i>{}</i>{}</span>',
        value.colour,
        css,
        icon(value.icon),
        title or value.title,
    )


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """A number as Dutch readers in Belgium write it."""
    return NOTHING_YET if value is None else dutch.number(value, decimals)


@register.filter
def day(value: date | None) -> str:
    """A day in words; a moment is told in local time."""
    if value is None:
        return NOTHING_YET
    if isinstance(value, datetime):
        moment = timezone.localtime(value)
        return f"{dutch.day(moment.date())}, {dutch.clock(moment.hour * 60 + moment.minute)} uur"
    return dutch.day(value)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field with label, help and what is wrong with it, tied together for everyone."""
    template_name = "group" if bound.use_fieldset else "field"
    if isinstance(bound.field.widget, CheckboxInput):
        template_name = "check"
    return render_to_string(f"web/parts/{template_name}.html", {"field": bound})


@register.simple_tag
def widget(bound: BoundField) -> SafeString:
    """The input of a field in our style; Django ties help and errors to it by their ids."""
    shown = bound.field.widget
    if isinstance(shown, Select):
        # Django's own row of dashes says nothing, least of all to who listens to the page.
        shown.choices = [
            NOT_CHOSEN if [each] == BLANK_CHOICE_DASH else each for each in shown.choices
        ]
    return bound.as_widget(attrs={"class": "inp"})


@register.simple_tag
def attribute(value: object) -> SafeString:
    """A value with its look: a status, kinds, a day, or text."""
    if isinstance(value, Status):
        return status(value)
    if isinstance(value, Kind):
        return chip(value)
    if isinstance(value, date):
        return format_html("{}", day(value))
    return format_html("{}", NOTHING_YET if value in (None, "") else value)
