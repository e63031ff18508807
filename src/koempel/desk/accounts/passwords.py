"""Passwords that anybody would try first in an office like ours."""

import re
from typing import Any

from django.core.exceptions import ValidationError

FROM_HERE = (
    "koempel", "wachtwoord", "password", "welkom", "geheim", "azerty", "qwerty",
    "heusden", "zolder", "beringen", "houthalen", "helchteren", "limburg", "gemeente",
    "ocmw", "vdab", "kringwinkel", "regisseur", "begeleider", "beheerder",
    "lente", "zomer", "herfst", "winter",
)  # fmt: skip
"""Words of the product, of where it is used and of offices (ASVS 5.0, 6.1.2)."""

LEAST_LEFT = 8
"""So many signs must be left without these words: as many as the shortest password of ASVS."""
LEAST_KINDS = 5
"""And so many different ones: «2026!2026!» is no secret."""


class OwnWordsValidator:
    """Refuses a password of little more than words from here or the own name (ASVS 5.0, 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it.

        Raises
        ------
        ValidationError
            When little is left once such words are taken out.
        """
        words = sorted({*FROM_HERE, *_words_of(user)}, key=len, reverse=True)
        rest = re.sub("|".join(map(re.escape, words)), "", password.lower())
        if len(rest) < LEAST_LEFT or len(set(rest)) < LEAST_KINDS:
            raise ValidationError(
                "Dit wachtwoord is makkelijk te raden: er staat bijna niets in dat van jou alleen "
                "is. Neem een zin zonder je naam, je gemeente of «koempel».",
                code="own_words",
            )

    def get_help_text(self) -> str:
        """What it asks, before somebody types."""
        return "Een zin die alleen jij kent, en niet je naam, je gemeente of «koempel»."


def _words_of(user: Any) -> set[str]:
    """The own name, address and organisation, in words of four letters and more."""
    if not getattr(user, "pk", None):
        return set()
    told = f"{user.name} {user.email} {user.organisation.name}".lower()
    return set(re.findall(r"\w{4,}", told))
