"""What doorstroom keeps about a person: told to the person, and let go when the case is erased."""

from collections.abc import Iterator, Sequence
from datetime import date

from koempel.desk.common.days import midnight
from koempel.desk.people.keepers import Known, Part, register
from koempel.desk.transitions.actions import forget_transitions
from koempel.desk.transitions.models import Agreement, Transition
from koempel.desk.transitions.queries import pauses_of, talks_of
from koempel.region import dutch
from koempel.region.windows import in_words, parse_rotation


class Transitions:
    """The rounds of a person."""

    def known(self, case_number: str) -> Part:
        """Every round with what came of it; no names of employees of Koempel's users."""
        rows = Transition.objects.filter(case_number=case_number).select_related(
            "employer", "regular__employer"
        )
        return Part("Doorstroom", "Transition", [tuple(_known(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """End what is open, and take the person out of what stays."""
        forget_transitions(case_number, at=midnight(on))


class Agreements:
    """The internship agreements of a person; they go with the rounds."""

    def known(self, case_number: str) -> Part:
        """Every agreement, with who signed it."""
        rows = Agreement.objects.filter(transition__case_number=case_number)
        found = rows.select_related("host__organisation").order_by("pk")
        return Part("Stageovereenkomst", "Agreement", [tuple(_agreed(row)) for row in found])

    def erase(self, case_number: str, *, on: date) -> None:
        """Let go of them."""
        Agreement.objects.filter(transition__case_number=case_number).delete()


# The agreements first: after the rounds nothing tells any more whose they were.
register(Agreements())
register(Transitions())


def _agreed(row: Agreement) -> Iterator[Known]:
    host = f"{row.host.organisation.name}, {row.host.name}"
    yield Known("host", "Waar", row.host_id, host)
    for name, label in (("first_on", "Eerste dag"), ("last_on", "Laatste dag")):
        day: date = getattr(row, name)
        yield Known(name, label, day.isoformat(), dutch.day(day))
    hours = " / ".join(in_words(week) for week in parse_rotation(row.shifts))
    yield Known("shifts", "Uren", row.shifts, hours)
    pays = "ja" if row.host_pays else "nee"
    yield Known("host_pays", "De werkgever betaalt het loon terug", row.host_pays, pays)
    yield Known("goals", "Doelen", row.goals, row.goals)
    signed = [each.get_party_display() for each in row.signatures.filter(voided_at=None)]
    yield Known("signed", "Getekend door", signed, _listed(signed))


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
    yield Known("pauses", "Opgeschort", row.pauses, _listed(pauses))
    regular = f"{row.regular.title} bij {row.regular.employer.name}" if row.regular else ""
    yield Known("regular", "Gewoon werk", row.regular_id, regular or "–")
    talks = [dutch.day(each.due_on) for each in talks_of(row)]
    yield Known("talks", "Nazorg gepland op", row.talks, _listed(talks))
    yield Known("reason", "Reden", row.reason, row.get_reason_display() or "–")
    yield Known("explanation", "Uitleg", row.explanation, row.explanation or "–")


def _listed(parts: Sequence[str]) -> str:
    return dutch.joined(parts) if parts else "–"
