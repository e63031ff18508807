"""After a refusal: the search for support that follows from its reason, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from koempel.desk.levers.enums import Family
from koempel.desk.levers.queries import care_in_words
from koempel.desk.people.disclosures import cases_in_reach, homes_of, needs_of
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.referrals.enums import OBSTACLE_OF, ReferralState
from koempel.desk.referrals.queries import ReferralSeen
from koempel.desk.referrals.remedies import Remedies, Remedy, remedies_for
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.levers.addresses import book_url, choose_url
from koempel.desk.web.views.levers.choices import distance_in_words
from koempel.region import dutch
from koempel.region.outcome import LeverKind
from koempel.region.vocabulary import LEVERS, OBSTACLES, Kind

_ENDED = (ReferralState.NOT_HIRED, ReferralState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """A lever that would take away what stood between: what it is, when, and how to ask for it."""

    kind: Kind
    name: str
    told: str
    link: Link


@dataclass(frozen=True, slots=True)
class Search:
    """What a refusal says, turned into a search for what takes it away."""

    kind: Kind
    text: str
    link: Link
    lines: Sequence[RemedyLine] = ()


def search_after(request: DeskRequest, subject: ReferralSeen) -> Search | None:
    """What a refusal asks for, for who guides.

    Nothing when no lever would turn it, or the person no longer looks for work.
    """
    case = subject.who.case_number
    kind = OBSTACLE_OF.get(subject.reason) if subject.reason else None
    if subject.state not in _ENDED or kind is None or not case:
        return None
    if not open_address(request, "levers:choose", keys={"case": case}):
        return None
    person = Person.objects.filter(case_number=case).select_related("village").first()
    if person is None or person.status != CaseStatus.ACTIVE:
        return None
    found = _remedies(subject, person)
    link = Link("Bekijk alle ondersteuning" if found else "Zoek ondersteuning", choose_url(case))
    if found is None:
        text = (
            "Hier bestaat ondersteuning voor. Zoek ze nu, dan staat dit een volgende job niet in "
            "de weg."
        )
        return Search(OBSTACLES[kind], text, link)
    lines = [_line(each, case) for each in found.found]
    return Search(OBSTACLES[kind], _intro(found), link, lines)


def _remedies(subject: ReferralSeen, person: Person) -> Remedies | None:
    """What there is; of who is shared only in part nothing is worked out."""
    case = person.case_number
    if subject.reason is None or not cases_in_reach([case])[case].knows_all:
        return None
    note_shown([case], ALL_CLASSES)
    return remedies_for(
        subject.reason,
        subject.vacancy,
        person,
        needs=needs_of(person),
        home=homes_of([person])[case],
        today=timezone.localdate(),
    )


def _intro(found: Remedies) -> str:
    if not found.found:
        text = "Van deze soort is er nu niets dat past."
    elif found.is_enough:
        text = "Eén hiervan is genoeg voor deze job:"
    else:
        text = "Dit helpt. Voor deze job is er misschien nog meer nodig."
    if found.enough_between and not found.found:
        text += (
            f" Met lessen vanaf vandaag: genoeg {_between(found.enough_between)}, een schatting."
        )
    return text


def _line(remedy: Remedy, case_number: str) -> RemedyLine:
    lever = remedy.choice.lever
    kind = LEVERS[LeverKind(lever.kind)].kind
    where = distance_in_words(remedy.choice.km)
    told = " ".join(filter(None, (_when(remedy), _what(remedy), where and f"Op {where}.")))
    title = "Vraag dit" if remedy.choice.fit.is_free else "Vraag dit voor later"
    return RemedyLine(
        kind, str(lever), told, Link(title, book_url(lever.pk, case_number, remedy.codes))
    )


def _when(remedy: Remedy) -> str:
    fit = remedy.choice.fit
    if fit.is_free:
        word = "Start" if remedy.choice.lever.family is Family.TRAINING else "Vanaf"
        return f"Nog {dutch.number(remedy.n_free)} vrij. {word} {_on(word, fit.first_day)}."
    if fit.free_on:
        return f"Nu vol. Het eerste komt vrij op {dutch.day(fit.free_on)}."
    return "Nu vol. Nog niemand weet wanneer er iets vrijkomt."


def _on(word: str, day: date) -> str:
    return f"op {dutch.day(day)}" if word == "Start" else dutch.day(day)


def _what(remedy: Remedy) -> str:
    if remedy.codes:
        return f"Voor {care_in_words(remedy.codes)}."
    if remedy.enough_between is None:
        return ""
    course = remedy.choice.lever.course
    told = f"Klaar op {dutch.day(course.ends_on)}, met {course.teaches}."
    first, last = remedy.enough_between
    if first == last:
        return f"{told} Dat is genoeg voor deze job."
    return f"{told} Met nog een les daarna: genoeg {_between((first, last))}, een schatting."


def _between(days: tuple[date, date]) -> str:
    first, last = days
    return f"tussen {dutch.day(first)} en {dutch.day(last)}"
