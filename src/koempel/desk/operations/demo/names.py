"""Plainly invented names: common first names, and family names out of the mine.

They are drawn without a look at anything else that is known of somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random

from koempel.desk.people.case_numbers import draw_case_number

FIRST = (
    "Ada", "Adem", "Aicha", "Alina", "Amir", "Anke", "Anouk", "Arif", "Aya", "Bilal", "Bram",
    "Carla", "Cem", "Chaima", "Dario", "Dilara", "Ebru", "Elif", "Emiel", "Fadila", "Fatma",
    "Fien", "Gino", "Griet", "Hakan", "Hanne", "Ilias", "Imane", "Ines", "Ivan", "Jana", "Jef",
    "Joke", "Kamila", "Karim", "Katrien", "Lamia", "Lars", "Leila", "Lotte", "Luca", "Maaike",
    "Malik", "Marek", "Maria", "Mats", "Mehmet", "Mieke", "Nadia", "Noor", "Olena", "Omar",
    "Paola", "Pieter", "Rachid", "Rosa", "Samira", "Selma", "Sofie", "Tarik", "Tine", "Toon",
    "Veerle", "Wout", "Yara", "Yusuf", "Zeynep", "Zoë",
)  # fmt: skip
_FRONT = (
    "Lampen", "Kolen", "Schacht", "Mijn", "Steen", "Stut", "Lucht", "Vonken", "Gruis", "Terril",
    "Wissel", "Ketting", "Roet", "Gang", "Lading", "Helm", "Houweel", "Kabel", "Laag", "Zeef",
)  # fmt: skip
_BACK = (
    "bok", "drager", "houwer", "loper", "mans", "meester", "putte", "raper", "schepper", "smid",
    "steker", "veld", "vinder", "wachter", "wever", "zoeker",
)  # fmt: skip
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
Names = Iterator[tuple[str, str]]
"""First and last names that nobody has yet."""

LAST = ("Lampenier", *(front + back for front, back in product(_FRONT, _BACK)))
CHILDREN = (
    "Bo", "Ceyda", "Daan", "Ela", "Finn", "Giulia", "Hugo", "Isra", "Jade", "Kian", "Lina", "Milo",
    "Nora", "Otis", "Pia", "Rayan", "Saar", "Timo", "Una", "Vic",
)  # fmt: skip


def invented_names(random: Random, count: int) -> Names:
    """First and last names, none of them twice."""
    return iter(random.sample(list(product(FIRST, LAST)), count))


@dataclass(frozen=True, slots=True)
class Draws:
    """What is drawn by lot: names and numbers, none of them twice."""

    random: Random
    names: Names
    _taken: set[str] = field(default_factory=set)

    def case_number(self) -> str:
        """A case number that nobody has yet."""
        number = draw_case_number(self._taken, self.random.choice)
        self._taken.add(number)
        return number

    def vacancy_number(self) -> str:
        """A number that no vacancy has yet."""
        while True:
            number = "J-" + "".join(self.random.choices(_SIGNS, k=6))
            if number not in self._taken:
                self._taken.add(number)
                return number


def mail_of(first: str, last: str) -> str:
    """An address that can never be delivered.

    Examples
    --------
    >>> mail_of("Zoë", "Lampenier")
    'zoe.lampenier@koempel.invalid'
    """
    return f"{first}.{last}@koempel.invalid".lower().replace("ë", "e")
