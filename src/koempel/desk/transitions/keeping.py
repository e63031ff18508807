"""What doorstroom keeps about a person: told to the person, and let go when the case is erased."""

from collections.abc import Iterator
from datetime import date

from koempel.desk.people.keepers import Known, Part, register
from koempel.desk.transitions.actions import forget_transitions
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import pauses_of
from koempel.region import dutch


class Transitions:
    """The rounds of a person."""

    def known(self, case_number: str) -> Part:
        """Every round with what came of it; no names of employees of Koempel's users."""
        rows = Transition.objects.filter(case_number=case_number).select_related("employer")
        return Part("Doorstroom", "Transition", [tuple(_known(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """End what is open, and take the person out of what stays."""
        forget_transitions(case_number)


register(Transitions())


def _known(row: Transition) -> Iterator[Known]:
    yield Known("employer", "Sociale-economiebedrijf", row.employer_id, row.employer.name)
    yield Known("state", "Stand", row.state, row.get_state_display())
    for name, label in (
        ("since", "Aan het werk sinds"),
        ("due_on", "Termijn"),
        ("visited_on", "Bezoek aan de werkvloer"),
        ("starts_on", "Eerste gewone werkdag"),
    ):
        day: date | None = getattr(row, name)
        yield Known(name, label, day and day.isoformat(), dutch.day(day) if day else "–")
    yield Known("view", "Kijk van het bedrijf", row.view, row.get_view_display() or "–")
    yield Known("view_text", "Uitleg van het bedrijf", row.view_text, row.view_text or "–")
    yield Known("coach", "Coach", row.coach, row.coach or "–")
    hours = float(row.guided_hours)
    yield Known("guided_hours", "Uren begeleiding", hours, dutch.trimmed(hours))
    pauses = [f"van {dutch.day(each.first)} tot {dutch.day(each.until)}" for each in pauses_of(row)]
    yield Known("pauses", "Opgeschort", row.pauses, dutch.joined(pauses) or "–")
    yield Known("reason", "Reden", row.reason, row.get_reason_display() or "–")
    yield Known("explanation", "Uitleg", row.explanation, row.explanation or "–")
