"""Life of a proposal, what can be decided about it and why: each a table."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices


class ProposalState(TextChoices):
    """Where a proposal stands."""

    OPEN = "OPEN", "wacht op een beslissing"
    ACCEPTED = "ACCEPTED", "aanvaard"
    CHANGED = "CHANGED", "aangepast"
    REFUSED = "REFUSED", "geweigerd"
    WITHDRAWN = "WITHDRAWN", "ingetrokken"
    REPLACED = "REPLACED", "vervangen door een nieuw plan"
    DEAD = "DEAD", "vervallen: de gegevens zijn veranderd"
    DONE = "DONE", "uitgevoerd: aan het werk"


NEXT_STATES: Mapping[ProposalState, frozenset[ProposalState]] = MappingProxyType(
    {
        ProposalState.OPEN: frozenset(
            {
                ProposalState.ACCEPTED,
                ProposalState.CHANGED,
                ProposalState.REFUSED,
                ProposalState.REPLACED,
                ProposalState.DEAD,
            }
        ),
        ProposalState.ACCEPTED: frozenset(
            {ProposalState.OPEN, ProposalState.WITHDRAWN, ProposalState.DONE}
        ),
        ProposalState.CHANGED: frozenset({ProposalState.OPEN}),
        ProposalState.REFUSED: frozenset({ProposalState.OPEN}),
        ProposalState.WITHDRAWN: frozenset(),
        ProposalState.REPLACED: frozenset(),
        ProposalState.DEAD: frozenset(),
        ProposalState.DONE: frozenset(),
    }
)
"""The only changes of state that there are. What goes back to OPEN was taken back in time. What is
DONE is accepted again when the hiring itself is taken back: nobody decides about it."""

STANDING = (ProposalState.OPEN, ProposalState.ACCEPTED)
"""A person has at most one proposal in these."""

BARS = (ProposalState.REFUSED, ProposalState.CHANGED, ProposalState.WITHDRAWN)
"""Somebody decided against: no plan proposes the pair again, unless somebody lets it."""


class Verdict(TextChoices):
    """What somebody decides."""

    ACCEPT = "ACCEPT", "aanvaard"
    CHANGE = "CHANGE", "aangepast"
    REFUSE = "REFUSE", "geweigerd"
    TAKE_BACK = "TAKE_BACK", "teruggenomen"
    WITHDRAW = "WITHDRAW", "ingetrokken"
    ALLOW = "ALLOW", "mag opnieuw voorgesteld worden"


STATE_AFTER: Mapping[Verdict, ProposalState] = MappingProxyType(
    {
        Verdict.ACCEPT: ProposalState.ACCEPTED,
        Verdict.CHANGE: ProposalState.CHANGED,
        Verdict.REFUSE: ProposalState.REFUSED,
        Verdict.TAKE_BACK: ProposalState.OPEN,
        Verdict.WITHDRAW: ProposalState.WITHDRAWN,
    }
)


class Reason(TextChoices):
    """Why somebody decides so. What follows from a refusal is decided by its reason."""

    FITS = "FITS", "Past bij wens en situatie"
    ASKED = "ASKED", "De persoon vroeg dit zelf"
    BEST_NOW = "BEST_NOW", "Dit is nu het beste wat kan"
    PREFERS = "PREFERS", "De persoon kiest liever iets anders"
    UNWANTED = "UNWANTED", "De persoon wil deze job niet"
    NO_TRANSPORT = "NO_TRANSPORT", "Geen vervoer"
    NO_CHILDCARE = "NO_CHILDCARE", "Geen opvang"
    DUTCH = "DUTCH", "Nederlands nog te laag"
    SKILL = "SKILL", "Kan het werk nog niet"
    HOURS = "HOURS", "De uren passen niet"
    FUNCTIONAL = "FUNCTIONAL", "Past niet bij wat de persoon nodig heeft op het werk"
    NOT_READY = "NOT_READY", "Nog niet klaar om te starten"
    OTHER_JOB = "OTHER_JOB", "Heeft al iets anders"
    WRONG_FACTS = "WRONG_FACTS", "De gegevens kloppen niet"
    EMPLOYER = "EMPLOYER", "De werkgever gaat niet verder"
    OTHER = "OTHER", "Iets anders"


REASONS: Mapping[Verdict, tuple[Reason, ...]] = MappingProxyType(
    {
        Verdict.ACCEPT: (Reason.FITS, Reason.ASKED, Reason.BEST_NOW, Reason.OTHER),
        Verdict.CHANGE: (
            Reason.PREFERS,
            Reason.HOURS,
            Reason.NO_TRANSPORT,
            Reason.NO_CHILDCARE,
            Reason.FUNCTIONAL,
            Reason.OTHER,
        ),
        Verdict.REFUSE: (
            Reason.UNWANTED,
            Reason.NO_TRANSPORT,
            Reason.NO_CHILDCARE,
            Reason.DUTCH,
            Reason.SKILL,
            Reason.HOURS,
            Reason.FUNCTIONAL,
            Reason.NOT_READY,
            Reason.OTHER_JOB,
            Reason.WRONG_FACTS,
            Reason.OTHER,
        ),
        Verdict.WITHDRAW: (
            Reason.UNWANTED,
            Reason.EMPLOYER,
            Reason.OTHER_JOB,
            Reason.NOT_READY,
            Reason.OTHER,
        ),
        Verdict.TAKE_BACK: (),
        Verdict.ALLOW: (),
    }
)
"""Reasons that can be given for each verdict."""

NEEDS_MOTIVATION = (Verdict.CHANGE, Verdict.REFUSE, Verdict.WITHDRAW)
"""Decisions that must be explained to the person in words (law of 29 July 1991 on the express
statement of reasons for administrative acts)."""

UNDER_DECISION = (Verdict.ACCEPT, Verdict.CHANGE, Verdict.REFUSE)
"""What can be decided about an open proposal."""


class FileKind(TextChoices):
    """What is kept of a run in one piece."""

    INPUTS = "INPUTS", "gegevens"
    STATE = "STATE", "stand"
