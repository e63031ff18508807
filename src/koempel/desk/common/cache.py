"""The keys of the cache that all processes share.

Attempts to sign in are counted there, per address of a visitor. Those addresses need not lie in a
table, nor in a backup: a keyed digest counts as well.
"""

from django.utils.crypto import salted_hmac


def hidden_key(key: str, prefix: str, version: int) -> str:
    """What stands in the table instead of a key."""
    named = f"{prefix}:{version}:{key}"
    return salted_hmac("koempel cache", named, algorithm="sha256").hexdigest()
