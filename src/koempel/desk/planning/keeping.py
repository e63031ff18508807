"""What plans keep about a person: told to the person, and let go when the case is erased."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.people.keepers import Known, Part, register
from koempel.desk.planning.actions import forget_inputs_with
from koempel.desk.planning.models import Decision, Proposal
from koempel.region import dutch

_PURPOSE = "inzage van de persoon zelf"


class Proposals:
    """The proposals of a person."""

    def known(self, case_number: str) -> Part:
        """Every proposal, with the support in it; nothing of other people."""
        with acting(system(_PURPOSE)):
            rows = Proposal.objects.filter(person=case_number).select_related("vacancy__employer")
            return Part("Voorstellen", "Proposal", [tuple(_proposal(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """Proposals go with the person; the inputs of the runs that they stand in go here."""
        forget_inputs_with(case_number)


class Decisions:
    """What was decided about a person."""

    def known(self, case_number: str) -> Part:
        """Every decision with its words; no names of employees."""
        with acting(system(_PURPOSE)):
            rows = Decision.objects.filter(proposal__person=case_number)
            found = rows.select_related("proposal__vacancy")
            return Part("Beslissingen", "Decision", [tuple(_decision(row)) for row in found])

    def erase(self, case_number: str, *, on: date) -> None:
        """They go with the person."""


register(Proposals())
register(Decisions())


def _proposal(row: Proposal) -> Iterator[Known]:
    content = row.content
    job = f"{row.vacancy.title} bij {row.vacancy.employer.name}"
    yield Known("vacancy", "Job", row.vacancy.number, job)
    yield Known("state", "Stand", row.state, row.get_state_display())
    levers = [each.name for each in content.levers]
    yield Known("levers", "Ondersteuning", levers, ", ".join(levers) or "–")
    start = content.start_on
    yield Known("start_on", "Starten kan vanaf", start.isoformat(), dutch.day(start))
    yield Known(
        "made_at", "Gemaakt op", row.made_at.isoformat(), dutch.day(timezone.localdate(row.made_at))
    )


def _decision(row: Decision) -> Iterator[Known]:
    yield Known("vacancy", "Job", row.proposal.vacancy.number, row.proposal.vacancy.title)
    yield Known("verdict", "Beslissing", row.verdict, row.get_verdict_display())
    yield Known("at", "Wanneer", row.at.isoformat(), dutch.day(timezone.localdate(row.at)))
    yield Known("reason", "Reden", row.reason, row.get_reason_display() or "–")
    yield Known("motivation", "Motivering", row.motivation, row.motivation or "–")
    yield Known("disagrees", "Wat je er zelf van vindt", row.disagrees, row.disagrees or "–")
