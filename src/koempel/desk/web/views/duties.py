"""What the desk does by itself, for the operator."""

from koempel.desk.operations.duties import duties
from koempel.desk.operations.models import DutyRun, Outcome
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Status, Tone

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
    hours = [duty.hour for duty in duties() if duty.name == run.name]
    if not hours:
        return "niet meer"
    return "elk uur" if hours[0] is None else f"elke dag om {hours[0]} uur"


class DutiesPage(ListPage):
    """The last run of every duty."""

    title = "Vaste taken"
    intro = "Wat Koempel vanzelf doet. Lukt er iets niet, dan staat in het logboek waarom."
    noun = ("taak", "taken")
    door = Door("Vaste taken", "clock", 94)
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
