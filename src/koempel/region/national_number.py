"""The guard against national numbers (INSZ): Koempel has no field for one and takes none in.

A number is recognised by its check digits, wherever it stands in a text and however its digits
are parted. About one in a hundred other numbers of eleven digits that start like a date looks
the same; the guard then refuses too much, which harms nobody.
"""

import re

from stdnum.be import bis, nn

_DIGITS = 11
# At most three signs between digits: dots, dashes, spaces, also those that a text editor makes.
_RUN = re.compile(r"[0-9](?:[\W_]{0,3}[0-9]){10,}")
_GROUP = re.compile(r"[0-9]+")


def looks_like_insz(text: str) -> bool:
    """Whether a text holds something that passes for a national or BIS number.

    Examples
    --------
    >>> looks_like_insz("dossier 85.07.30-033.28")
    True
    >>> looks_like_insz("0403.019.261")
    False
    """
    if len(text) < _DIGITS:
        return False
    return any(_holds_number(_GROUP.findall(run)) for run in _RUN.findall(text))


def _holds_number(groups: list[str]) -> bool:
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) >= _DIGITS:
                break
        if len(digits) == _DIGITS and (nn.is_valid(digits) or bis.is_valid(digits)):
            return True
    return False
