"""What the pages say of a doorstroom."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from koempel.desk.transitions.enums import OPEN, STAYS, Party, TransitionState
from koempel.desk.transitions.queries import TransitionSeen
from koempel.desk.transitions.terms import notice_until
from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch

ASKS = {
    TransitionState.EVALUATION_DUE: "evaluatie door VDAB",
    TransitionState.READY: "start het traject",
    TransitionState.PREPARATION: "voorbereiding loopt af",
    TransitionState.MATCHING: "een plek vinden loopt af",
    TransitionState.INTERNSHIP: "stage loopt af",
    TransitionState.AFTERCARE: "nazorg loopt af",
}
"""What the term of an open round is for."""


def file_url(pk: int) -> str:
    """Address of a round."""
    return reverse("transitions:file", kwargs={"pk": pk})


def status_of(seen: TransitionSeen, today: date) -> Status:
    """Where a round stands."""
    if seen.is_paused(today):
        return Status(f"{dutch.capital(seen.state.label)}, opgeschort", Tone.QUIET)
    return Status(dutch.capital(seen.state.label), _tone(seen, today))


def _tone(seen: TransitionSeen, today: date) -> Tone:
    state = seen.state
    if state == TransitionState.EVALUATION_DUE:
        is_near = seen.due_on is not None and seen.due_on <= notice_until(today)
        return Tone.NEEDS_YOU if is_near else Tone.QUIET
    if state in OPEN:
        return Tone.NEEDS_YOU
    if state == TransitionState.REGULAR_CONTRACT:
        return Tone.GOOD
    return Tone.QUIET if state in STAYS else Tone.BAD


def late_of(seen: TransitionSeen, today: date) -> Status | None:
    """By when something should happen; nothing for what is over."""
    if seen.state not in OPEN or seen.due_on is None:
        return None
    return due_now(seen.due_on, today) or Status(f"tegen {dutch.day(seen.due_on)}")


def waits_for(parties: Collection[Party]) -> str:
    """Whom an internship agreement waits for."""
    return f"wacht op {_named(parties)}"


def signed_by(left: Collection[Party]) -> str:
    """Who signed an internship agreement, and who has still to."""
    if not left:
        return "Alle partijen tekenden."
    done = [party for party in Party if party not in left]
    told = f"Getekend door {_named(done)}. " if done else "Nog niemand tekende. "
    return f"{told}De overeenkomst {waits_for(left)}."


def _named(parties: Collection[Party]) -> str:
    return dutch.joined(party.label for party in Party if party in parties)


def agreement_url(pk: int) -> str:
    """Address of the internship agreement of a round."""
    return reverse("transitions:agreement", kwargs={"pk": pk})
