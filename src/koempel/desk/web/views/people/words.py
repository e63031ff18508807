"""A case in Dutch sentences, from the frozen copies that its reader may see."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone

from koempel.desk.accounts.models import DataClass, User
from koempel.desk.jobs.wishes import title_of
from koempel.desk.people import enums
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.queries import Seen, Sheet
from koempel.desk.web.pages.values import Event, Fact, Status, Tone
from koempel.region import dutch, vocabulary
from koempel.region.rows import Cycling, Level
from koempel.region.vocabulary import Kind
from koempel.region.windows import in_words, parse_windows

_CLASS_NAMES = dict(DataClass.choices)
_GOOD_STATES = {"GRANTED"}
_BAD_STATES = {"REFUSED", "EXPIRED", "WITHDRAWN"}
_SKILL_WORDS = (
    ("dutch_listening", "luisteren"),
    ("dutch_speaking", "spreken"),
    ("dutch_reading", "lezen"),
    ("dutch_writing", "schrijven"),
)


def status_of(value: str) -> Status:
    """The status of a case as a word in its colour."""
    tone = Tone.GOOD if value == CaseStatus.PLACED else Tone.QUIET
    return Status(CaseStatus(value).label, tone)


def step_status(due: date | None, today: date) -> Status | None:
    """Whether the next step is late, due today, or planned."""
    if due is None:
        return None
    if due < today:
        return Status("Te laat", Tone.BAD)
    if due == today:
        return Status("Vandaag", Tone.NEEDS_YOU)
    return Status(dutch.day(due))


def step_in_words(due: date | None, today: date) -> Status | None:
    """The same where no heading says that it is about the next step."""
    status = step_status(due, today)
    if status is None:
        return None
    planned = f"Volgende stap tegen {status.word}"
    told = {Tone.BAD: "Volgende stap te laat", Tone.NEEDS_YOU: "Volgende stap vandaag"}
    return Status(told.get(status.tone, planned), status.tone)


def classes_in_words(classes: Iterable[str]) -> str:
    """Classes of data by their names."""
    return ", ".join(_CLASS_NAMES.get(each, each) for each in classes)


def main_facts(sheet: Sheet, today: date) -> list[Fact]:
    """The block on top: what one wants to know first."""
    facts = sheet.facts
    found = [
        Fact("Kan starten", facts.available_from),
        Fact("Werkt", _hours(facts), in_words(parse_windows(facts.away))),
    ]
    if facts.wants is not None:
        wish = ", ".join(title_of(code) for code in facts.wants)
        found.insert(0, Fact("Zoekt", wish or "geen bepaald werk"))
        found += [Fact("Nederlands", _dutch(facts)), Fact("Onderweg", _travel(facts))]
    if right := next((each for each in sheet.rights if _holds(each, today)), None):
        found.insert(2, Fact("Recht", _measure(right), _until(right)))
    if sheet.children:
        label = "Kind" if len(sheet.children) == 1 else "Kinderen"
        found.append(
            Fact(label, dutch.joined(child_line(each, today)[0] for each in sheet.children))
        )
    return found


def _hours(facts: Seen) -> str:
    low, high = dutch.number(facts.hours_min), dutch.number(facts.hours_max)
    return f"{high} uur per week" if low == high else f"{low} tot {high} uur per week"


def _dutch(facts: Seen) -> str:
    skills_at: dict[str, list[str]] = {}
    for name, word in _SKILL_WORDS:
        skills_at.setdefault(enums.LEVEL_WORDS[Level(getattr(facts, name))], []).append(word)
    if len(skills_at) == 1:
        return dutch.capital(next(iter(skills_at)))
    told = (f"{dutch.joined(skills)} {level}" for level, skills in skills_at.items())
    return dutch.capital("; ".join(told))


def _travel(facts: Seen) -> str:
    own = enums.words_of(enums.MODE_WORDS, facts.modes) or "geen eigen vervoer"
    cycling = enums.words_of(enums.CYCLING_WORDS, [facts.cycling])
    if facts.cycling == Cycling.LEARN:
        # Beside a label the words of the form say enough, in a sentence they do not.
        cycling = "kan leren fietsen"
    limit = f", hoogstens {facts.max_travel_min} minuten" if facts.max_travel_min else ""
    return f"{dutch.capital(own)}, {cycling}{limit}"


def _holds(right: Seen, today: date) -> bool:
    return right.state in _GOOD_STATES and (right.valid_until or today) >= today


def _measure(right: Seen) -> str:
    return dutch.capital(vocabulary.MEASURES[right.measure])


def _until(right: Seen) -> str:
    until = f"tot en met {dutch.day(right.valid_until)}" if right.valid_until else "zonder einde"
    return f"{until}, {right.granted_by}"


def contact_facts(sheet: Sheet) -> list[Fact]:
    """Where and how to reach somebody."""
    facts = sheet.facts
    home = facts.village.name if facts.village else "afgeschermd"
    shield = "adres afgeschermd voor anderen" if facts.address_shield else ""
    return [
        Fact("Telefoon", facts.phone),
        Fact("E-mail", facts.email),
        Fact("Woont in", home, shield or sheet.municipality),
    ]


def work_facts(sheet: Sheet) -> list[Fact]:
    """What somebody can do, and what the work may not ask."""
    facts = sheet.facts
    found: list[Fact] = []
    if facts.skills is not None:
        skills = ", ".join(vocabulary.SKILLS.get(code, code) for code in facts.skills)
        found += [Fact("Kan al", skills), Fact("Rijbewijs", ", ".join(facts.licences))]
    if facts.needs is not None:
        found.append(Fact("Nodig op het werk", enums.words_of(enums.NEED_WORDS, facts.needs)))
        if facts.permit_until:
            found.append(Fact("Mag hier werken tot en met", facts.permit_until))
    return found


def obstacle_kinds(sheet: Sheet) -> list[Kind]:
    """The open obstacles as chips."""
    return [enums.OBSTACLES[each.kind] for each in sheet.obstacles if each.removed_on is None]


def child_line(child: Seen, today: date) -> tuple[str, str]:
    """A child in a title and a line: age in months or years, care and its hours in words."""
    name = child.first_name or "Kind"
    care = enums.words_of(enums.CARE_WORDS, [child.care])
    hours = f", {in_words(parse_windows(child.care_hours))}" if child.care_hours else ""
    until = f", tot en met {dutch.day(child.care_until)}" if child.care_until else ""
    until += _regular_place(child)
    return (
        f"{name}, {age_in_words(child.birth_month, today)}",
        f"{dutch.capital(care)}{hours}{until}",
    )


def _regular_place(child: Seen) -> str:
    if not child.regular_earliest:
        return ""
    first, last = dutch.day(child.regular_earliest), dutch.day(child.regular_latest)
    when = f"op {first}" if first == last else f"tussen {first} en {last}"
    return f". Gewone plaats verwacht {when}"


def age_in_words(born: date, today: date) -> str:
    """How old a child is: in months, or in years from three on."""
    months = (today.year - born.year) * 12 + today.month - born.month
    if months < 0:
        return f"verwacht in {born:%m/%Y}"
    if months < 36:
        return dutch.count(months, "maand", "maanden")
    return f"{months // 12} jaar"


def right_line(right: Seen) -> tuple[str, Status, str]:
    """A right: the measure, where it stands, who decided and until when."""
    word = enums.words_of(enums.RIGHT_WORDS, [right.state])
    tone = Tone.QUIET
    if right.state in _GOOD_STATES:
        tone = Tone.GOOD
    elif right.state in _BAD_STATES:
        tone = Tone.BAD
    decided = f"{right.granted_by}, {dutch.day(right.granted_on)}"
    until = f", tot en met {dutch.day(right.valid_until)}" if right.valid_until else ""
    return _measure(right), Status(word, tone), f"{decided}{until}"


def events(sheet: Sheet, now: datetime, *, reader: User) -> list[Event]:
    """The one timeline: what is next on top, then all that happened."""
    past = [_event(entry, reader) for entry in sheet.timeline]
    return [*_next(sheet, timezone.localdate(now)), *past]


def _next(sheet: Sheet, today: date) -> Iterator[Event]:
    if sheet.facts.next_step:
        due = sheet.facts.next_step_on
        text = "Dit moest al gebeurd zijn." if due < today else "De volgende stap."
        yield Event(due, sheet.facts.next_step, text, is_now=True)


def _by(user: User | None, reader: User) -> str:
    if user is None:
        return ""
    if user.pk == reader.pk:
        return "Door jou"
    is_near = user.organisation_id == reader.organisation_id
    return f"Door {user}" if is_near else f"Door {user}, {user.organisation}"


_TONES = {EntryKind.RIGHT: Tone.GOOD}


def _event(entry: Seen, reader: User) -> Event:
    text = " · ".join(filter(None, (entry.text, _by(entry.by, reader))))
    is_good = entry.title.startswith(("Drempel weg", "Gedaan", "Status: aan het werk"))
    tone = Tone.GOOD if is_good else _TONES.get(EntryKind(entry.kind), Tone.QUIET)
    return Event(entry.at, entry.title, text, tone)
