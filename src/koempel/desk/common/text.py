"""Text to search in: without capitals and diacritics."""

import unicodedata


def plain(text: str) -> str:
    """A text as it is compared.

    Examples
    --------
    >>> plain("Café  Één")
    'cafe een'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())
