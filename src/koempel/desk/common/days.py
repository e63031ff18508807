"""Days and moments."""

from datetime import date, datetime, time

from django.utils import timezone

from koempel.region import dutch


def midnight(day: date) -> datetime:
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def moment(at: datetime) -> str:
    """A day with its hour."""
    return f"{dutch.day(timezone.localdate(at))} {_hour(at)}"


def appointment(at: datetime) -> str:
    """The same with its weekday, for who has to be there."""
    return f"{dutch.weekday_and_day(timezone.localdate(at))} {_hour(at)}"


def _hour(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"om {dutch.clock(local.hour * 60 + local.minute)} uur"
