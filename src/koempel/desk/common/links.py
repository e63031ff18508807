"""Secrets in addresses: whoever has one needs no account; tables keep only their hash."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """A secret that nobody can guess, for an address."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    """What is kept of a secret: it tells a right one, and cannot be turned back into it."""
    return sha256(token.encode()).hexdigest()
