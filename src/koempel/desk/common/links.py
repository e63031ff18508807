"""Secrets in addresses: whoever has one needs no account; tables keep only their hash."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db.models import Q


def new_token() -> str:
    """A secret that nobody can guess, for an address."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    """What is kept of a secret: it tells a right one, and cannot be turned back into it."""
    return sha256(token.encode()).hexdigest()


def works(at: datetime) -> Q:
    """That a row which keeps such a hash still opens something: not withdrawn, and not over."""
    return Q(withdrawn_at__isnull=True, ends_at__gt=at)
