"""How a mail of Koempel is written: to an employer, or to a person."""

from dataclasses import dataclass

from koempel.desk.accounts.models import User

_NO_ANSWER = "Koempel stuurde deze mail. Een antwoord op dit adres leest niemand."


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject and the text of a mail."""

    subject: str
    text: str


def to_employer(subject: str, *parts: str, by: User) -> Letter:
    """In the polite form; `parts` are its paragraphs, and hold no word about a person."""
    return _letter(subject, "Dag,", *parts, f"Vragen? Mail {by}, {by.organisation}: {by.email}")


def to_person(subject: str, *parts: str, by: User) -> Letter:
    """In the informal form; `parts` are its paragraphs."""
    last = f"Kan je niet, of heb je een vraag? Mail of bel {by}, {by.organisation}: {by.email}"
    return _letter(subject, "Dag,", *parts, last)


def _letter(subject: str, *parts: str) -> Letter:
    return Letter(subject, "\n\n".join((*parts, _NO_ANSWER)) + "\n")
