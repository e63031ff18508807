"""What a timeline says about work."""

from koempel.desk.placements.enums import Answer, Party
from koempel.desk.placements.models import FollowUp, Placement
from koempel.region import dutch


def told_end(placement: Placement) -> tuple[str, str]:
    """That work ended, as a title and a line below it."""
    title = f"Werk gestopt: {placement.vacancy.title}, {placement.vacancy.employer}"
    last = f"Laatste werkdag: {dutch.day(placement.ended_on)}" if placement.ended_on else ""
    parts = (last, placement.get_end_reason_display(), placement.explanation)
    return title[:200], " ".join(dutch.sentence(part) for part in parts if part)


def told_answer(follow_up: FollowUp) -> tuple[str, str]:
    """What was said of the work, as a title and a line below it."""
    vacancy = follow_up.placement.vacancy
    word = Answer(follow_up.answer).label
    title = f"Opvolging na {follow_up.months} maanden: {word} ({vacancy.title}, {vacancy.employer})"
    well = {True: "Het loopt goed", False: "Er is iets nodig", None: ""}[follow_up.goes_well]
    said = f"Volgens {Party(follow_up.told_by).label}"
    parts = (well, follow_up.needs, said)
    return title[:200], " ".join(dutch.sentence(part) for part in parts if part)
