"""The kinds of work of the invented region: ISCO-08 unit groups that are frequent there.

Titles are our own. What a job asks is a guess on the low side: most work here asks little.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from koempel.region.rows import Level, Strain
from koempel.region.synthetic.draw import Weighted
from koempel.region.synthetic.weeks import Family


@dataclass(frozen=True, slots=True, eq=False)
class Occupation:
    """One kind of work.

    Attributes
    ----------
    isco : str
        ISCO-08 unit group.
    titles : tuple of str
        Titles to choose from.
    weight : float
        How many vacancies it has, in no unit.
    social : float
        Share of its vacancies in social enterprises.
    wanted : float
        How often people who look for more than elementary work want it, in no unit.
    families : Weighted of Family
        Shift patterns.
    skills, licences, strains : mapping to a share
        What a vacancy may ask, and how often it does.
    speaking : Weighted of Level
        Level of spoken Dutch asked.
    paper : float
        Share of vacancies that ask reading too, one level under speaking.
    in_zone : bool
        Whether the workplace is in an industrial zone rather than in a village.
    """

    isco: str
    titles: tuple[str, ...]
    weight: float
    social: float
    wanted: float
    families: Weighted[Family]
    speaking: Weighted[Level]
    skills: Mapping[str, float] = field(default_factory=dict)
    licences: Mapping[str, float] = field(default_factory=dict)
    strains: Mapping[Strain, float] = field(default_factory=dict)
    paper: float = 0.2
    in_zone: bool = True

    @property
    def is_elementary(self) -> bool:
        """Whether it is elementary work (ISCO major group 9)."""
        return self.isco.startswith("9")


_LITTLE: Weighted[Level] = ((Level.ALPHA, 14), (Level.A0, 8), (Level.A1, 46), (Level.A2, 32))
_SOME: Weighted[Level] = ((Level.A1, 12), (Level.A2, 50), (Level.B1, 38))
_MUCH: Weighted[Level] = ((Level.A2, 8), (Level.B1, 62), (Level.B2, 30))

_FACTORY: Weighted[Family] = (
    (Family.ROTATION, 44),
    (Family.EARLY, 24),
    (Family.DAY, 14),
    (Family.LATE, 9),
    (Family.NIGHT, 6),
    (Family.WEEKEND, 3),
)
_WORKSHOP: Weighted[Family] = ((Family.DAY, 60), (Family.EARLY, 40))
_OUTDOORS: Weighted[Family] = ((Family.DAY, 45), (Family.EARLY, 55))

OCCUPATIONS = (
    Occupation(
        isco="9112",
        titles=("Poetshulp in kantoren", "Poetshulp in een school", "Schoonmaker in een zorghuis"),
        weight=16,
        social=0.40,
        wanted=3,
        families=(
            (Family.MORNING, 45),
            (Family.EVENING, 40),
            (Family.DAY, 15),
        ),
        speaking=_LITTLE,
        strains={Strain.STANDING: 0.9, Strain.STEPS: 0.5, Strain.HEAVY_LIFTING: 0.1},
        in_zone=False,
    ),
    Occupation(
        isco="9333",
        titles=("Magazijnmedewerker laden en lossen", "Medewerker vrachtafhandeling"),
        weight=13,
        social=0.25,
        wanted=6,
        families=_FACTORY,
        speaking=_LITTLE,
        skills={"FORKLIFT": 0.40, "VCA": 0.30},
        strains={Strain.HEAVY_LIFTING: 0.6, Strain.STANDING: 0.9, Strain.NOISE: 0.3},
    ),
    Occupation(
        isco="9321",
        titles=("Inpakker", "Medewerker verpakking", "Verpakker aan de lijn"),
        weight=12,
        social=0.50,
        wanted=4,
        families=_FACTORY,
        speaking=_LITTLE,
        skills={"HYGIENE": 0.30, "ORDER_PICKING": 0.20},
        strains={Strain.STANDING: 0.7, Strain.NOISE: 0.4},
    ),
    Occupation(
        isco="9329",
        titles=("Productiemedewerker", "Medewerker montage", "Helper in de werkplaats"),
        weight=16,
        social=0.40,
        wanted=6,
        families=_FACTORY,
        speaking=_LITTLE,
        skills={"VCA": 0.40, "ASSEMBLY": 0.30},
        strains={Strain.STANDING: 0.8, Strain.NOISE: 0.6, Strain.HEAVY_LIFTING: 0.25},
    ),
    Occupation(
        isco="9214",
        titles=("Helper in de groendienst", "Medewerker natuuronderhoud"),
        weight=6,
        social=0.70,
        wanted=3,
        families=_OUTDOORS,
        speaking=_LITTLE,
        skills={"VCA": 0.30, "GARDEN": 0.20},
        strains={Strain.HEAVY_LIFTING: 0.5, Strain.STANDING: 1.0, Strain.STEPS: 0.6},
    ),
    Occupation(
        isco="9412",
        titles=("Keukenhulp", "Afwasser", "Keukenhulp in een school"),
        weight=6,
        social=0.40,
        wanted=3,
        families=(
            (Family.MORNING, 35),
            (Family.DAY, 30),
            (Family.EVENING, 20),
            (Family.WEEKEND, 15),
        ),
        speaking=_LITTLE,
        skills={"HYGIENE": 0.40, "KITCHEN": 0.25},
        strains={Strain.STANDING: 1.0},
        in_zone=False,
    ),
    Occupation(
        isco="9612",
        titles=("Sorteerder in de kringloop", "Medewerker recyclagepark"),
        weight=5,
        social=0.70,
        wanted=2,
        families=_WORKSHOP,
        speaking=_LITTLE,
        strains={Strain.STANDING: 0.9, Strain.HEAVY_LIFTING: 0.5, Strain.NOISE: 0.3},
    ),
    Occupation(
        isco="9334",
        titles=("Aanvuller in de winkel", "Rekkenvuller"),
        weight=5,
        social=0.10,
        wanted=5,
        families=((Family.SHOP, 60), (Family.EVENING, 40)),
        speaking=((Level.A1, 60), (Level.A2, 40)),
        strains={Strain.STANDING: 1.0, Strain.HEAVY_LIFTING: 0.3},
        in_zone=False,
    ),
    Occupation(
        isco="6113",
        titles=("Medewerker groenonderhoud", "Hulptuinier", "Tuinaanlegger"),
        weight=5,
        social=0.45,
        wanted=6,
        families=_OUTDOORS,
        speaking=_SOME,
        skills={"GARDEN": 0.40, "VCA": 0.20},
        licences={"B": 0.30},
        strains={Strain.HEAVY_LIFTING: 0.7, Strain.STANDING: 1.0, Strain.STEPS: 0.5},
    ),
    Occupation(
        isco="7234",
        titles=("Fietshersteller", "Hulp in de fietswerkplaats"),
        weight=2,
        social=0.60,
        wanted=5,
        families=((Family.DAY, 70), (Family.SHOP, 30)),
        speaking=_SOME,
        strains={Strain.STANDING: 1.0},
        in_zone=False,
    ),
    Occupation(
        isco="7212",
        titles=("Lasser", "Hulplasser"),
        weight=4,
        social=0.10,
        wanted=6,
        families=_FACTORY,
        speaking=_SOME,
        skills={"WELDING": 0.85, "VCA": 0.50},
        strains={Strain.NOISE: 0.8, Strain.STANDING: 0.9, Strain.HEAVY_LIFTING: 0.4},
    ),
    Occupation(
        isco="8153",
        titles=("Medewerker naaiatelier", "Stikker"),
        weight=3,
        social=0.60,
        wanted=4,
        families=_WORKSHOP,
        speaking=_LITTLE,
        skills={"SEWING": 0.50},
        strains={Strain.NOISE: 0.4},
    ),
    Occupation(
        isco="5223",
        titles=("Winkelhulp", "Winkelmedewerker", "Verkoper in de kringloopwinkel"),
        weight=7,
        social=0.35,
        wanted=14,
        families=((Family.SHOP, 100),),
        speaking=_SOME,
        skills={"CASH": 0.35, "DIGITAL": 0.10},
        strains={Strain.STANDING: 0.9},
        paper=0.5,
        in_zone=False,
    ),
    Occupation(
        isco="5311",
        titles=("Kinderbegeleider", "Helper in de kinderopvang"),
        weight=4,
        social=0.25,
        wanted=9,
        families=((Family.CARE, 100),),
        speaking=_MUCH,
        skills={"CARE": 0.70, "HYGIENE": 0.20},
        strains={Strain.NOISE: 0.5},
        paper=0.6,
        in_zone=False,
    ),
    Occupation(
        isco="5322",
        titles=("Zorghulp aan huis", "Helper in de thuiszorg"),
        weight=5,
        social=0.25,
        wanted=9,
        families=((Family.CARE, 70), (Family.DAY, 30)),
        speaking=_MUCH,
        skills={"CARE": 0.60},
        licences={"B": 0.55},
        strains={Strain.STANDING: 0.8, Strain.HEAVY_LIFTING: 0.3, Strain.STEPS: 0.6},
        paper=0.6,
        in_zone=False,
    ),
    Occupation(
        isco="8322",
        titles=("Bestelwagenchauffeur", "Chauffeur van de kringloopwagen"),
        weight=5,
        social=0.30,
        wanted=9,
        families=((Family.DAY, 50), (Family.EARLY, 40), (Family.LATE, 10)),
        speaking=_SOME,
        skills={"DIGITAL": 0.25},
        licences={"B": 1.0},
        strains={Strain.HEAVY_LIFTING: 0.5, Strain.STEPS: 0.6},
        paper=0.5,
    ),
    Occupation(
        isco="8332",
        titles=("Vrachtwagenchauffeur",),
        weight=2,
        social=0.0,
        wanted=4,
        families=((Family.DAY, 40), (Family.EARLY, 40), (Family.NIGHT, 20)),
        speaking=_SOME,
        skills={"VCA": 0.30},
        licences={"C": 1.0},
        paper=0.5,
    ),
    Occupation(
        isco="4321",
        titles=("Magazijnbediende", "Medewerker voorraadbeheer"),
        weight=6,
        social=0.20,
        wanted=15,
        families=_FACTORY,
        speaking=_MUCH,
        skills={"DIGITAL": 0.65, "FORKLIFT": 0.35, "ORDER_PICKING": 0.20},
        strains={Strain.STANDING: 0.4},
        paper=0.8,
    ),
)

HELD_SKILLS = {
    "ORDER_PICKING": 0.22,
    "DIGITAL": 0.40,
    "HYGIENE": 0.14,
    "VCA": 0.18,
    "CASH": 0.14,
    "ASSEMBLY": 0.14,
    "FORKLIFT": 0.11,
    "CARE": 0.10,
    "GARDEN": 0.08,
    "SEWING": 0.05,
    "WELDING": 0.04,
    "KITCHEN": 0.06,
}
"""Share of people who have a skill; twice that when they look for work that asks it."""
