"""The tours of the demonstration: five steps per role, one file each."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from koempel.desk.common.roles import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it says, and what it points at.

    Either `door`, the address name of a page in the navigation, or `part`, a part of the role's
    first page by its ``data-tour``.
    """

    title: str
    text: str
    door: str = ""
    part: str = ""


def tour_of(role: Role) -> tuple[Step, ...]:
    """The steps of a role; none where nobody wrote them."""
    file = files(__package__).joinpath(f"{role.lower()}.toml")
    if not file.is_file():
        return ()
    return tuple(Step(**step) for step in tomllib.loads(file.read_text("utf-8"))["step"])
