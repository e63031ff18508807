"""Checks on the facts of a lever."""

from django.core.exceptions import ValidationError

from koempel.region.windows import WindowsError, parse_windows


def validate_windows(text: str) -> None:
    """Refuse what is no set of weekly windows."""
    try:
        parse_windows(text)
    except WindowsError as error:
        raise ValidationError(
            f"Deze uren kloppen niet: «{text}» {error}. "
            "Schrijf ze zo: Mo-Fr 06:00-18:30, Sa 08:00-12:00.",
            code="windows",
        ) from error
