"""What the pages say of work."""

from datetime import date

from django.urls import reverse

from koempel.desk.common.context import current
from koempel.desk.jobs.rules import KEEPERS
from koempel.desk.placements.enums import Answer, Party, PlacementState
from koempel.desk.placements.queries import FollowUpSeen, PlacementSeen
from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch

_TONES = {PlacementState.WORKING: Tone.GOOD, PlacementState.ENDED: Tone.QUIET}


def file_url(pk: int) -> str:
    """Address of a placement."""
    return reverse("placements:file", kwargs={"pk": pk})


def status_of(state: PlacementState) -> Status:
    """Whether it goes on."""
    return Status(dutch.capital(state.label), _TONES[state])


STEPS = {"ja": Answer.YES, "nee": Answer.NO, "onbekend": Answer.UNKNOWN}
"""What an answer is called in an address."""

BUTTONS = {
    Party.EMPLOYER: {"ja": "Ja", "nee": "Nee, niet meer", "onbekend": "Ik weet het niet"},
    Party.PERSON: {"ja": "Ja", "nee": "Nee, niet meer", "onbekend": "Ik zeg het liever zelf"},
    None: {
        "ja": "Nog aan het werk",
        "nee": "Niet meer aan het werk",
        "onbekend": "Niet te weten gekomen",
    },
}
"""What the buttons say: to the employer, to the person, and to who writes it down."""

DONE = {
    Answer.YES: "Genoteerd: nog aan het werk.",
    Answer.NO: "Genoteerd: niet meer aan het werk.",
    Answer.UNKNOWN: "Genoteerd: niet te weten.",
}


def own_party() -> Party | None:
    """As whom the reader answers; nothing for who writes down what others say."""
    return Party.EMPLOYER if current().role in KEEPERS else None


def question(seen: PlacementSeen, party: Party | None) -> str:
    """What is asked."""
    if party is Party.PERSON:
        return f"Werk je nog bij {seen.vacancy.employer}?" if seen.is_working else "Werk je nog?"
    where = "bij jullie" if party is Party.EMPLOYER else f"bij {seen.vacancy.employer}"
    return f"Werkt {seen.label} nog{f' {where}' if seen.is_working else ''}?"


def follow_up_status(each: FollowUpSeen, seen: PlacementSeen, today: date) -> Status:
    """Where a follow-up stands."""
    if each.is_waiting:
        return due_now(each.due_on, today) or Status("te vragen", Tone.NEEDS_YOU)
    if each.answer is Answer.YES:
        tone = Tone.NEEDS_YOU if each.goes_well is False else Tone.GOOD
        return Status("nog aan het werk", tone)
    if each.answer is Answer.NO:
        return Status("niet meer aan het werk")
    if not seen.goes_on:
        return Status("niet meer nodig")
    if each.due_on > today:
        return Status(f"vraag je op {dutch.day(each.due_on)}")
    return Status("niet gevraagd")
