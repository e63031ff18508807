"""A what-if in Dutch: before, after, who gains and loses, and what the next one would bring."""

from koempel.region.dutch import count, number
from koempel.region.what_if import Change, WhatIf
from koempel.region.words import placements


def what_if_in_words(answer: WhatIf) -> tuple[str, ...]:
    """The answer in a few lines, the main one first."""
    changes = " en ".join(_change(change) for change in answer.changes)
    before, after = answer.before.proposals, answer.after.proposals
    return tuple(
        filter(
            None,
            (
                f"Met {changes}: {difference_in_words(after - before)}.",
                f"Voorstellen: nu {number(before)}, dan {number(after)}.",
                moves_in_words(len(answer.gained), len(answer.lost), len(answer.moved)),
                _floors(answer),
                _next_one(answer),
            ),
        )
    )


def _change(change: Change) -> str:
    if not change.relative:
        return f"«{change.what}» op {number(change.amount)}"
    sign = "+" if change.amount >= 0 else "−"
    return f"«{change.what}» {sign}{number(abs(change.amount))}"


def difference_in_words(more: int) -> str:
    """How many people more have a proposal, as a phrase.

    Examples
    --------
    >>> difference_in_words(9), difference_in_words(-1)
    ('9 mensen meer met een voorstel', 'één mens minder met een voorstel')
    """
    if more == 0:
        return "niemand meer of minder met een voorstel"
    people = count(abs(more), "mens", "mensen")
    return f"{people} {'meer' if more > 0 else 'minder'} met een voorstel"


def moves_in_words(gained: int, lost: int, moved: int) -> str:
    """For how many people something changes."""
    if not (gained or lost or moved):
        return "Voor niemand verandert er iets."
    return (
        f"Een kans die er nu niet is: {number(gained)}. Verliest het voorstel: {number(lost)}. "
        f"Krijgt een ander voorstel: {number(moved)}."
    )


def _floors(answer: WhatIf) -> str:
    before, after = answer.before.shortfall, answer.after.shortfall
    if before == after:
        return ""
    return f"Tekort op de ondergrenzen: nu {number(before)}, dan {number(after)}."


def _next_one(answer: WhatIf) -> str:
    after = answer.after.price / answer.placement
    if after < 0.005:
        return "Nog meer helpt dan niet."
    before = placements(answer.before.price / answer.placement)
    return f"Nog één erbij brengt dan naar schatting {placements(after)}; nu is dat {before}."
