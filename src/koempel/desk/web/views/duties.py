"""What the desk does by itself, for the operator."""

from koempel.desk.operations.duties import duties
from koempel.desk.operations.models import DutyRun, Outcome
from koempel.desk.operations.schedule import HOUR
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go, Status, Tone

TONES = {
    Outcome.DONE: Tone.GOOD,
    Outcome.RUNNING: Tone.QUIET,
    Outcome.FAILED: Tone.BAD,
}


def title_of(run: DutyRun) -> str:
    """What the duty is called; the name of one that no longer exists."""
    return next((duty.title for duty in duties() if duty.name == run.name), run.name)


def rhythm_of(run: DutyRun) -> str:
    """How often it comes back."""
    duty = next((each for each in duties() if each.name == run.name), None)
    if duty is None:
        return "niet meer"
    if duty.hour is not None:
        return f"elke dag om {duty.hour} uur"
    return "elk uur" if duty.every >= HOUR else "elke minuut"


class DutiesPage(ListPage):
    """The last run of every duty."""

    title = "Vaste taken"
    intro = "Wat Koempel vanzelf doet. Lukt er iets niet, dan staat in het logboek waarom."
    noun = ("taak", "taken")
    door = Door("Vaste taken", "clock", 94)
    more = (Go("Bekijk de post", "post"),)
    columns = (
        Column("Taak", title_of),
        Column("Hoe vaak", rhythm_of),
        Column("Laatst", "began_at", Show.DATE, sort="began_at"),
        Column(
            "Afloop",
            lambda run: Status(run.get_outcome_display(), TONES[Outcome(run.outcome)]),
            Show.STATUS,
        ),
    )
    nothing = "De werker deed nog niets. Kijk op de server na of hij loopt."

    def rows(self, request: DeskRequest) -> Rows:
        """All of them, the last one first."""
        return DutyRun.objects.order_by("-began_at", "name")
