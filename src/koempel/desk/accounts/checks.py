"""System checks: every address has its row in the access table, and every row its address."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from koempel.desk.accounts.access import access_table


def url_names(patterns: Sequence[Any] | None = None, space: str = "") -> Iterator[str]:
    """Names of all addresses, with their namespace; an address without a name gives ``?``."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else f"{space}?{pattern.pattern}"


@register()
def every_address_has_its_row(app_configs: Any, **rest: Any) -> list[CheckMessage]:
    """Compare the addresses with the access table, both ways."""
    names, rows = set(url_names()), set(access_table())
    missing = [
        Error(f"Het adres «{name}» heeft geen rij in access.toml.", id="koempel.E001")
        for name in sorted(names - rows)
    ]
    stray = [
        Error(f"access.toml noemt «{name}», maar dat adres bestaat niet.", id="koempel.E002")
        for name in sorted(rows - names)
    ]
    return [*missing, *stray]
