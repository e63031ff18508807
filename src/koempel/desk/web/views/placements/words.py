"""What the pages say of work."""

from django.urls import reverse

from koempel.desk.placements.enums import PlacementState
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch

_TONES = {PlacementState.WORKING: Tone.GOOD, PlacementState.ENDED: Tone.QUIET}


def file_url(pk: int) -> str:
    """Address of a placement."""
    return reverse("placements:file", kwargs={"pk": pk})


def status_of(state: PlacementState) -> Status:
    """Whether it goes on."""
    return Status(dutch.capital(state.label), _TONES[state])
