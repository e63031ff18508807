"""The app `web`."""

from django import forms
from django.apps import AppConfig
from django.core import validators


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "koempel.desk.web"
    label = "web"

    def ready(self) -> None:
        """Say what to do where Django says what a field is.

        Its own Dutch («Zorg ervoor dat deze waarde …») is no language of people; here it is set
        once for every form instead of in each of its fields.
        """
        forms.Field.default_error_messages["required"] = "Vul dit in."
        forms.ChoiceField.default_error_messages["required"] = "Maak een keuze."
        validators.MinValueValidator.message = "Vul %(limit_value)s of meer in."
        validators.MaxValueValidator.message = "Vul hoogstens %(limit_value)s in."
