"""The work that somebody wants: occupations, or all of a group, by their Dutch names.

A wish is the first one to four digits of ISCO-08 codes, as the planner reads it. On screen it is
a name: nobody has to know the codes.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from koempel.desk.common.text import plain
from koempel.desk.jobs.occupations import shipped
from koempel.desk.jobs.widgets import occupation_named

MOST: Final = 8
_FEWEST_SHOWN, _EMPTY_SHOWN = 3, 2
_ALL = ": alle beroepen"

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "Leiding",
        "14": "Leiding in horeca en winkel",
        "2": "Beroepen na hogere studies",
        "22": "Verpleging",
        "23": "Onderwijs",
        "26": "Sociaal werk",
        "3": "Techniek, gezondheid en begeleiding",
        "32": "Assistentie in de gezondheid",
        "34": "Begeleiding van mensen",
        "35": "Computers",
        "4": "Kantoor en onthaal",
        "41": "Kantoor",
        "42": "Onthaal en klanten",
        "43": "Boekhouding, voorraad en planning",
        "44": "Post en archief",
        "5": "Zorg, winkel en diensten aan mensen",
        "51": "Horeca en diensten aan mensen",
        "52": "Winkel en verkoop",
        "53": "Zorg",
        "54": "Bewaking",
        "6": "Tuin, landbouw en bos",
        "61": "Tuinbouw en veeteelt",
        "62": "Bosbouw",
        "7": "Bouw en ambacht",
        "71": "Bouw",
        "72": "Metaal en machines",
        "73": "Drukkerij",
        "74": "Elektriciteit en elektronica",
        "75": "Voeding, hout en kleding",
        "8": "Machines, montage en rijden",
        "81": "Machines bedienen",
        "82": "Monteren",
        "83": "Rijden",
        "9": "Helpende beroepen",
        "91": "Schoonmaak",
        "92": "Helpen in tuin en landbouw",
        "93": "Helpen in bouw, productie en magazijn",
        "932": "Productie en inpakken",
        "94": "Keuken",
        "96": "Afval, straat en klussen",
    }
)
"""Groups of ISCO-08 codes that occupations of ours are in, with our own names."""


@cache
def _titles() -> Mapping[str, str]:
    groups = {code: f"{title}{_ALL}" for code, title in GROUPS.items()}
    return MappingProxyType(groups | {row["isco"]: row["title"] for row in shipped()})


def title_of(code: str) -> str:
    """The name of a wish.

    Examples
    --------
    >>> title_of("9112"), title_of("53"), title_of("911")
    ('Schoonmaker', 'Zorg: alle beroepen', 'Beroepen met code 911…')
    """
    return _titles().get(code) or f"Beroepen met code {code}…"


def wish_of(text: str) -> str:
    """The code that somebody means with a name, a synonym or a code.

    Raises
    ------
    ValidationError
        When nothing is known by that name, or more than one thing.
    """
    words = plain(text)
    if words.isdigit() and any(row["isco"].startswith(words) for row in shipped()):
        return words
    for code, title in _titles().items():
        if words in (plain(title), plain(title.removesuffix(_ALL)), plain(title_of(code))):
            return code
    return occupation_named(text).isco


class WantedWorkInput(forms.Widget):
    """A line per wish, with names to choose from; a script adds lines as they fill up."""

    use_fieldset = True
    template_name = "web/jobs/wishes.html"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The lines, and some empty ones."""
        texts = list(value or [])
        count = min(max(_FEWEST_SHOWN, len(texts) + _EMPTY_SHOWN), MOST)
        lines = [*texts, *[""] * count][: max(count, len(texts))]
        names = [(title, "") for code, title in _titles().items() if code in GROUPS]
        names += [(row["title"], row["synonyms"]) for row in shipped()]
        given = attrs or {}
        content = {
            "name": name,
            "id": given.get("id", name),
            "is_wrong": "aria-invalid" in given,
            "lines": lines,
            "names": names,
            "most": MOST,
        }
        return render_to_string(self.template_name, content)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """What stands on the lines that are not empty."""
        given = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [text for each in given if (text := " ".join(str(each).split()))]

    def id_for_label(self, id_: str) -> str:
        """The first line."""
        return f"{id_}_1"


class WantedWorkField(forms.Field):
    """Several occupations or groups of them; the value is a list of codes."""

    widget = WantedWorkInput

    def prepare_value(self, value: Any) -> Any:
        """The names of stored codes; what was typed stays as it is."""
        return [title_of(text) if text.isdigit() else text for text in value or []]

    def clean(self, value: Any) -> list[str]:
        """The codes, each once."""
        if len(value) > MOST:
            raise forms.ValidationError(f"Kies er hoogstens {MOST}.", code="many")
        return list(dict.fromkeys(_wishes(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other names stand there."""
        return bool(self.prepare_value(initial) != self.prepare_value(data))


def _wishes(texts: Iterable[str]) -> list[str]:
    codes, errors = [], []
    for text in texts:
        try:
            codes.append(wish_of(text))
        except forms.ValidationError as error:
            errors += error.messages
    if errors:
        raise forms.ValidationError(errors)
    return codes
