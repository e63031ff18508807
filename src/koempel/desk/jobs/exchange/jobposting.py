"""Vacancies as schema.org `JobPosting` in JSON-LD, in and out.

Everything that Koempel knows of a vacancy stands in a property of schema.org, in words that others
read, so that nothing is lost on the way:

- the hours of the week and their sum in `workHours`, one text each;
- first and last day of the start in `jobStartDate`, as an interval of ISO 8601;
- Dutch, skills and what the body must do as `DefinedTerm` in a set of ours;
- driving licences as credentials;
- the right that a vacancy is kept for in `eligibilityToWorkRequirement`, in Dutch;
- contracts in `employmentType`, in the words that search engines know and in ours.

`additionalProperty` would be the place for the rest, but schema.org does not have it on a
`JobPosting`, and nothing is left over for it. A posting names no person.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Final

from koempel.desk.common.sheets import Sheet
from koempel.desk.jobs.enums import LEVELS, MEASURE_WORDS, SKILL_WORDS, STRAINS
from koempel.desk.jobs.exchange.rows import Texts, sheet_of, texts_of
from koempel.desk.jobs.exchange.texts import (
    Node,
    OddError,
    as_html,
    from_html,
    many,
    part,
    text,
)
from koempel.desk.jobs.models import Vacancy
from koempel.region.rows import Contract, Level

CONTEXT: Final = "https://schema.org"
SOURCE: Final = "JobPosting"
"""The source of a posting that does not name one."""

_TYPE = re.compile(r"(?:https?://schema\.org/|schema:)?JobPosting")
_SET: Final = "koempel:"
_DUTCH = {
    "dutch_listening": "Nederlands luisteren",
    "dutch_speaking": "Nederlands spreken",
    "dutch_reading": "Nederlands lezen",
    "dutch_writing": "Nederlands schrijven",
}
_ONLY = "Alleen met een recht op: "
_A_WEEK = " uren per week"
_TEMPORARY: Final = "TEMPORARY"
_WORD_OF_MEASURE = dict(MEASURE_WORDS)
_MEASURE_OF_WORD = {word: code for code, word in MEASURE_WORDS}


# ---- out ---------------------------------------------------------------------------------------


def write(file: IO[bytes], vacancies: Iterable[Vacancy]) -> None:
    """Write vacancies as one JSON-LD file."""
    file.write(
        json.dumps(listed(map(posting_of, vacancies)), ensure_ascii=False, indent=1).encode()
    )


def listed(postings: Iterable[Node]) -> Node:
    """Postings as one list."""
    items = [
        {"@type": "ListItem", "position": place, "item": posting}
        for place, posting in enumerate(postings, 1)
    ]
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "numberOfItems": len(items),
        "itemListElement": items,
    }


def posting_of(vacancy: Vacancy) -> Node:
    """One vacancy."""
    row = texts_of(vacancy)
    found: Node = {
        "@type": "JobPosting",
        "identifier": {
            "@type": "PropertyValue",
            "name": row["source"],
            "value": row["source_id"],
        },
        "title": row["title"],
        "description": as_html(row["description"]),
        "datePosted": vacancy.publish_from and vacancy.publish_from.isoformat(),
        "validThrough": vacancy.publish_to and vacancy.publish_to.isoformat(),
        "hiringOrganization": _employer(vacancy),
        "jobLocation": _place(vacancy),
        "occupationalCategory": _occupation(vacancy),
        "workHours": [row["shifts"], row["hours_per_week"] + _A_WEEK],
        "jobStartDate": f"{row['start_from']}/{row['start_to']}",
        "totalJobOpenings": vacancy.seats,
        "employmentType": _contract(row["contract"]),
        "skills": [*_dutch(row), *_terms("skills", row["skills"], dict(SKILL_WORDS))],
        "qualifications": [_licence(code) for code in row["licences"].split()],
        "physicalRequirement": _terms("strains", row["strains"], dict(STRAINS)),
        "eligibilityToWorkRequirement": [
            _ONLY + _WORD_OF_MEASURE[code] for code in row["measures"].split()
        ],
        "baseSalary": row["wage"]
        and {"@type": "MonetaryAmount", "currency": "EUR", "description": row["wage"]},
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _employer(vacancy: Vacancy) -> Node:
    firm = vacancy.employer
    number = {"vatID": f"BE{firm.org_code}"} if firm.org_code else {}
    return {"@type": "Organization", "name": firm.name, **number}


def _place(vacancy: Vacancy) -> Node:
    place, village = vacancy.establishment, vacancy.village
    found = {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "postalCode": village.postcode,
            "addressLocality": village.name,
            "addressCountry": "BE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon},
    }
    return found | ({"branchCode": place.number} if place.number else {})


def _occupation(vacancy: Vacancy) -> Node:
    return {
        "@type": "CategoryCode",
        "codeValue": vacancy.occupation_id,
        "name": vacancy.occupation.title,
        "inCodeSet": {"@type": "CategoryCodeSet", "name": "ISCO-08"},
    }


def _contract(code: str) -> list[str]:
    if code == Contract.INDEFINITE:
        return [code]
    return [_TEMPORARY, code]


def _dutch(row: Texts) -> list[Node]:
    levels = dict(LEVELS)
    return [
        _term(column, row[column], f"{word}: {levels[row[column]]}")
        for column, word in _DUTCH.items()
        if row[column] != Level.ALPHA
    ]


def _terms(column: str, codes: str, words: Mapping[str, str]) -> list[Node]:
    return [_term(column, code, words.get(code, code)) for code in codes.split()]


def _term(column: str, code: str, word: str) -> Node:
    terms = {"@type": "DefinedTermSet", "name": _SET + column}
    return {"@type": "DefinedTerm", "termCode": code, "name": word, "inDefinedTermSet": terms}


def _licence(code: str) -> Node:
    return {
        "@type": "EducationalOccupationalCredential",
        "name": f"Rijbewijs {code}",
        "credentialCategory": _term("licences", code, "rijbewijs"),
    }


# ---- in ----------------------------------------------------------------------------------------


def read(data: Any) -> Sheet:
    """The vacancies of a JSON-LD file: alone, in a list, a graph or an `ItemList`.

    Raises
    ------
    SheetError
        When there is none, or more than we take.
    """
    return sheet_of(_row(each) for each in _postings(data))


def _postings(data: Any) -> Iterator[Any]:
    """Every posting, and what stands in the place of one; other things of a graph are left out."""
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif within := _within(node):
            waiting.extend(within)
        elif _may_be_posting(node):
            yield node


def _within(node: Any) -> list[Any]:
    found = (part(node, name) for name in ("item", "itemListElement", "@graph"))
    return [each for each in found if each is not None]


def _may_be_posting(node: Any) -> bool:
    types = [each for each in many(part(node, "@type")) if isinstance(each, str)]
    return not types or any(_TYPE.fullmatch(each) for each in types)


def _is_posting(node: Any) -> bool:
    return _may_be_posting(node) and bool(part(node, "@type"))


def _row(node: Any) -> tuple[Texts, dict[str, str]]:
    if not _is_posting(node):
        return {}, {"title": "Dit is geen vacature. Haal het weg, of schrijf er JobPosting bij."}
    texts: Texts = {}
    problems: dict[str, str] = {}
    for column, reader in _READERS.items():
        try:
            texts |= reader(node)
        except OddError as error:
            problems[column] = str(error)
    return texts, problems


def _read_identity(node: Node) -> Texts:
    given = many(node.get("identifier"))
    named = [each for each in given if isinstance(each, dict) and "value" in each]
    if named:
        source = text(named[0].get("name")) or text(named[0].get("propertyID"))
        return {"source": source or SOURCE, "source_id": text(named[0]["value"])}
    return {"source": SOURCE, "source_id": text(given[0] if given else None)}


def _read_occupation(node: Node) -> Texts:
    given = many(node.get("occupationalCategory"))
    first = given[0] if given else None
    code = part(first, "codeValue")
    return {"occupation": text(code if code is not None else first)}


def _read_place(node: Node) -> Texts:
    places = many(node.get("jobLocation"))
    if len(places) > 1:
        raise OddError("Hier staan meer plaatsen. Maak er een vacature per vestiging van.")
    place = places[0] if places else None
    address = part(place, "address")
    known = (part(place, "branchCode"), part(place, "name"), part(address, "addressLocality"))
    return {"establishment": next(filter(None, map(text, known)), "")}


def _read_hours(node: Node) -> Texts:
    given = [text(each) for each in many(node.get("workHours"))]
    sums = [each.removesuffix(_A_WEEK) for each in given if each.endswith(_A_WEEK)]
    weeks = [each for each in given if not each.endswith(_A_WEEK)]
    if len(sums) > 1 or len(weeks) > 1:
        raise OddError("Hier staan de uren meer dan één keer. Schrijf ze één keer.")
    return {"shifts": "".join(weeks), "hours_per_week": "".join(sums)}


def _read_start(node: Node) -> Texts:
    first, _, last = text(node.get("jobStartDate")).partition("/")
    return {"start_from": first, "start_to": last}


def _read_contract(node: Node) -> Texts:
    given = [text(each) for each in many(node.get("employmentType"))]
    ours = [each for each in given if each in map(str, Contract)]
    if len(ours) > 1:
        raise OddError("Hier staan meer contracten. Kies er één.")
    if ours:
        return {"contract": ours[0]}
    return {"contract": Contract.FIXED if _TEMPORARY in given else ""}


def _read_skills(node: Node) -> Texts:
    found: dict[str, list[str]] = {}
    for each in many(node.get("skills")):
        column, code = _our_term(each, (*_DUTCH, "skills"))
        found.setdefault(column, []).append(code)
    return {column: " ".join(codes) for column, codes in found.items()}


def _read_licences(node: Node) -> Texts:
    given = many(node.get("qualifications"))
    codes = [_our_term(part(each, "credentialCategory"), ("licences",), each) for each in given]
    return {"licences": " ".join(code for _, code in codes)}


def _read_strains(node: Node) -> Texts:
    given = many(node.get("physicalRequirement"))
    return {"strains": " ".join(_our_term(each, ("strains",))[1] for each in given)}


def _our_term(term: Any, columns: Iterable[str], told: Any = None) -> tuple[str, str]:
    """The column and the code of a term; what is not ours would be lost, so it is refused."""
    name = part(part(term, "inDefinedTermSet"), "name")
    for column in columns:
        if name == _SET + column:
            return column, text(term.get("termCode"))
    raise _unplaced(term if told is None else told)


def _unplaced(value: Any) -> OddError:
    word = text(part(value, "name") if isinstance(value, dict) else value)
    return OddError(
        f"Koempel kent «{word[:60]}» niet. Haal het weg, of schrijf het in de omschrijving."
    )


def _read_measures(node: Node) -> Texts:
    given = [text(each) for each in many(node.get("eligibilityToWorkRequirement"))]
    for each in given:
        if each.removeprefix(_ONLY) not in _MEASURE_OF_WORD:
            raise _unplaced(each)
    return {"measures": " ".join(_MEASURE_OF_WORD[each.removeprefix(_ONLY)] for each in given)}


def _read_wage(node: Node) -> Texts:
    given = node.get("baseSalary")
    if not isinstance(given, dict):
        return {"wage": text(given)}
    if told := text(given.get("description")):
        return {"wage": told}
    value = given.get("value")
    amount, unit = (part(value, "value"), part(value, "unitText")) if isinstance(value, dict) else (
        value, None
    )  # fmt: skip
    return {"wage": " ".join(filter(None, map(text, (amount, given.get("currency"), unit))))}


_READERS: Final[Mapping[str, Callable[[Node], Texts]]] = {
    "source_id": _read_identity,
    "title": lambda node: {"title": text(node.get("title"))},
    "description": lambda node: {"description": from_html(_raw(node.get("description")))},
    "occupation": _read_occupation,
    "establishment": _read_place,
    "shifts": _read_hours,
    "start_from": _read_start,
    "seats": lambda node: {"seats": text(node.get("totalJobOpenings"))},
    "contract": _read_contract,
    "skills": _read_skills,
    "licences": _read_licences,
    "strains": _read_strains,
    "measures": _read_measures,
    "wage": _read_wage,
}
"""Who reads what; what cannot be read is a problem of this column."""


def _raw(value: Any) -> str:
    text(value)
    return value if isinstance(value, str) else text(value)
