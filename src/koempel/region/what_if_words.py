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
                f"Met {changes}: {_difference(after - before)}.",
                f"Voorstellen: nu {number(before)}, dan {number(after)}.",
                _moves(answer),
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


def _difference(more: int) -> str:
    if more == 0:
        return "niemand meer of minder met een voorstel"
    people = count(abs(more), "mens", "mensen")
    return f"{people} {'meer' if more > 0 else 'minder'} met een voorstel"


def _moves(answer: WhatIf) -> str:
    if not (answer.gained or answer.lost or answer.moved):
        return "Voor niemand verandert er iets."
    return (
        f"Een kans die er nu niet is: {number(len(answer.gained))}. "
        f"Verliest het voorstel: {number(len(answer.lost))}. "
        f"Krijgt een ander voorstel: {number(len(answer.moved))}."
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
