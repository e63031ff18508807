"""An invented, lifelike region: real places and public figures, invented people and firms.

Everything follows from the seed and the arguments. Homes, wishes, skills, rights and jobs are
drawn without a look at anybody's sex or age (`households`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from koempel.planner.errors import InputError
from koempel.region.geography import CREDIT, Place, Town, find_towns, outlines, places
from koempel.region.region_toml import Floor
from koempel.region.rows import Municipality, Person, Village
from koempel.region.synthetic.draw import Progress, ticker
from koempel.region.synthetic.firms import draw_firms, zones_of
from koempel.region.synthetic.households import draw_children, draw_traits
from koempel.region.synthetic.jobs import draw_jobs
from koempel.region.synthetic.levers import draw_bikes, draw_childcare, draw_courses, draw_shuttles
from koempel.region.synthetic.people import draw_people
from koempel.region.synthetic.rights import draw_rights, draw_who_asked
from koempel.region.tables import Region

__all__ = ["HOME", "synthetic_region"]

HOME = ("71004", "71070", "72039")
"""Beringen, Heusden-Zolder and Houthalen-Helchteren."""

FLOOR_SHARE = 0.22
"""Least number of placements of a municipality, per person who looks for a job there."""

INVENTED = "Alle mensen, bedrijven en cijfers zijn verzonnen."


def synthetic_region(
    *,
    people: int = 4000,
    jobs: int = 1000,
    seed: int = 7,
    municipalities: Sequence[str] = HOME,
    today: date,
    progress: Progress | None = None,
) -> Region:
    """Invent a region.

    Parameters
    ----------
    people : int
        How many look for a job.
    jobs : int
        How many vacancies, with one or more seats each.
    seed : int
        The same seed and arguments give the same region, to the byte.
    municipalities : sequence of str
        NIS codes or names of Flemish municipalities, also from before 2025; their order does
        not matter.
    today : date
        Day of the plan; all dates lie round it.
    progress : callable, optional
        Called now and then with the share of the people and jobs that is drawn, 0 to 1.

    Raises
    ------
    UnknownMunicipalityError
        When one of the municipalities is unknown.
    InputError
        When a number is negative or no municipality is named.
    """
    _refuse_negative(people=people, jobs=jobs, seed=seed)
    towns = tuple(sorted(find_towns(municipalities), key=_largest_first))
    if not towns:
        raise InputError("municipalities", "", found="none", expected="at least one")
    tick = ticker(progress, people + jobs)
    asked = draw_who_asked(people, seed=seed)
    crowd = draw_people(towns, people, with_right=asked, seed=seed, today=today, tick=tick)
    traits = draw_traits(crowd, seed=seed, today=today)
    firms = draw_firms(towns, jobs, seed=seed)
    offered = draw_jobs(firms, jobs, people=people, seed=seed, today=today, tick=tick)
    lines, runs = draw_shuttles(towns, zones_of(towns, seed=seed), offered, people)
    return Region(
        name=_name(towns),
        date=today,
        invented=True,
        credit=f"{CREDIT} {INVENTED}",
        municipalities=tuple(_municipality(town) for town in towns),
        villages=tuple(_village(place) for town in towns for place in places()[town.nis]),
        people=crowd,
        employers=tuple(firm.row for firm in firms),
        jobs=offered,
        rights=draw_rights(crowd, asked, seed=seed, today=today),
        children=draw_children(crowd, traits, seed=seed, today=today),
        bikes=draw_bikes(towns, people),
        childcare=draw_childcare(towns, people, seed=seed, today=today),
        courses=draw_courses(people, today=today),
        shuttle_lines=lines,
        shuttle_runs=runs,
        traits=traits,
        floors=_floors(towns, crowd, sum(job.seats for job in offered)),
        outlines=_outlines(towns),
    )


def _largest_first(town: Town) -> tuple[int, str]:
    return -town.inhabitants, town.nis


def _refuse_negative(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 0:
            raise InputError(name, "", found=str(number), expected="0 or more")


def _name(towns: tuple[Town, ...]) -> str:
    names = [town.name for town in towns]
    if len(names) > 3:
        return f"{names[0]} en {len(names) - 1} andere gemeenten"
    return " en ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _municipality(town: Town) -> Municipality:
    return Municipality(town.nis, town.name, town.lon, town.lat)


def _village(place: Place) -> Village:
    return Village(place.id, place.name, place.nis, place.postcode, place.lon, place.lat)


def _floors(towns: tuple[Town, ...], crowd: tuple[Person, ...], seats: int) -> tuple[Floor, ...]:
    """A modest floor per municipality, after its share of the people: it can be met."""
    town_of = {place.id: town.nis for town in towns for place in places()[town.nis]}
    living = dict.fromkeys((town.nis for town in towns), 0)
    for person in crowd:
        living[town_of[person.village]] += 1
    of_seats = FLOOR_SHARE * seats / max(len(crowd), 1)
    return tuple(Floor(nis, int(of_seats * count)) for nis, count in living.items())


def _outlines(towns: tuple[Town, ...]) -> dict[str, Any] | None:
    wanted = {town.nis for town in towns}
    areas = [each for each in outlines()["features"] if each["id"] in wanted]
    return {**outlines(), "features": areas} if areas else None
