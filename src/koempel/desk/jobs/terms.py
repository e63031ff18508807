"""Terms of vacancies, as dated parameters."""

import tomllib
from functools import cache
from importlib.resources import files

from koempel.region.parameters import Parameters

MAX_DAYS_ONLINE = "vacancy.max_days_online"
LEAST_REST_HOURS = "work.least_rest_hours"


@cache
def terms() -> Parameters:
    """The terms that come with Koempel."""
    text = files(__package__).joinpath("parameters.toml").read_text("utf-8")
    return Parameters.read(tomllib.loads(text)["parameters"], origin="koempel")
