"""What is kept about a person's work: told to the person, and let go when the case is erased."""

from collections.abc import Iterator
from datetime import date

from koempel.desk.common.days import midnight
from koempel.desk.people.keepers import Known, Part, register
from koempel.desk.placements.actions import forget_placements
from koempel.desk.placements.models import FollowUp, Placement
from koempel.region import dutch


class Placements:
    """The work of a person."""

    def known(self, case_number: str) -> Part:
        """Every placement with how it ended; no names of employees."""
        rows = Placement.objects.filter(case_number=case_number).select_related("vacancy__employer")
        return Part("Werk", "Placement", [tuple(_known(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """Take the person out of what stays."""
        forget_placements(case_number, at=midnight(on))


class FollowUps:
    """What was said of the work of a person."""

    def known(self, case_number: str) -> Part:
        """Every question with its answer; no names of employees."""
        rows = FollowUp.objects.filter(placement__case_number=case_number)
        return Part("Opvolging van werk", "FollowUp", [tuple(_said(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """Do nothing: it goes with the work."""


register(Placements())
register(FollowUps())


def _known(row: Placement) -> Iterator[Known]:
    job = f"{row.vacancy.title} bij {row.vacancy.employer.name}"
    yield Known("vacancy", "Job", row.vacancy.number, job)
    yield Known("state", "Stand", row.state, row.get_state_display())
    yield Known("measure", "Maatregel", row.measure, row.get_measure_display() or "–")
    yield Known("source", "Kwam er door", row.source, row.get_source_display())
    for name, label in (("started_on", "Eerste werkdag"), ("ended_on", "Laatste werkdag")):
        day: date | None = getattr(row, name)
        yield Known(name, label, day and day.isoformat(), dutch.day(day) if day else "–")
    yield Known("end_reason", "Reden", row.end_reason, row.get_end_reason_display() or "–")
    yield Known("explanation", "Uitleg", row.explanation, row.explanation or "–")


def _said(row: FollowUp) -> Iterator[Known]:
    yield Known("due_on", "Te vragen op", row.due_on.isoformat(), dutch.day(row.due_on))
    yield Known("answer", "Antwoord", row.answer, row.get_answer_display() or "–")
    yield Known("told_by", "Wie het zei", row.told_by, row.get_told_by_display() or "–")
    well = {True: "ja", False: "nee", None: "–"}[row.goes_well]
    yield Known("goes_well", "Het loopt goed", row.goes_well, well)
    yield Known("needs", "Wat er nodig is", row.needs, row.needs or "–")
