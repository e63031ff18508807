"""A talk for a calendar (RFC 5545): one UID for its whole life, a SEQUENCE that only grows.

No name of a person stands in it: calendars are often shared, or kept elsewhere.
"""

from datetime import UTC, datetime
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.terms import talk_lasts


class Method(StrEnum):
    """What a calendar does with it: put it in by hand, put it in or move it, take it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def talk_calendar(referral: Referral, method: Method, *, at: datetime, to: str = "") -> str:
    """The talk of a referral as the text of an .ics file.

    Parameters
    ----------
    at : datetime
        When this version was made.
    to : str
        Address of who is invited; a file that is downloaded invites nobody.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Koempel//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_talk(referral, method, at=at, to=to))
    return str(calendar.to_ical(), "utf-8")


def _talk(referral: Referral, method: Method, *, at: datetime, to: str) -> Event:
    assert referral.talk_at is not None, "only who is invited has a talk"
    begin = referral.talk_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"verwijzing-{referral.pk}@{_host()}")
    event.add("sequence", referral.revision)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", begin)
    event.add("dtend", begin + talk_lasts(timezone.localdate(at)))
    event.add("summary", f"Gesprek: {referral.vacancy.title}, {referral.vacancy.employer}")
    event.add("location", referral.talk_place)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("organizer", vCalAddress(f"MAILTO:{_sender()}"))
    if to:
        # Koempel reads no answers of calendars.
        event.add("attendee", vCalAddress(f"MAILTO:{to}"), parameters={"RSVP": "FALSE"})
    return event


def _sender() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")


def _host() -> str:
    return _sender().rpartition("@")[2]
