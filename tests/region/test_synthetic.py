import os
import re
import subprocess
import sys
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from koempel.planner.errors import InputError
from koempel.region.checks import check_region
from koempel.region.geography import UnknownMunicipalityError
from koempel.region.rows import (
    BikeKind,
    CareKind,
    ChildcareMode,
    Cycling,
    EmployerKind,
    Grantor,
    Measure,
    Mode,
    RightState,
    Sex,
)
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region, read_region, write_region
from koempel.region.windows import parse_windows

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def home() -> Region:
    """The default region: 4,000 people and 1,000 jobs in the partnership's municipalities."""
    return synthetic_region(today=TODAY)


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def within(found: float, public: float) -> bool:
    """Four standard errors of a share among 4,000 people are at most three hundredths."""
    return abs(found - public) < 0.032


def digest(folder: Path) -> str:
    whole = sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def test_what_is_written_reads_back_without_a_fault(home: Region, tmp_path: Path):
    write_region(home, tmp_path / "region")

    assert list(check_region(tmp_path / "region")) == []
    assert read_region(tmp_path / "region") == home


@pytest.mark.parametrize(
    ("people", "jobs", "names"),
    [
        (0, 0, ["Genk"]),
        (1, 1, ["Herstappe"]),
        (300, 80, ["71070"]),
        (500, 200, ["Genk", "Hasselt", "Hoeselt", "71022"]),
    ],
)
def test_other_sizes_and_places_pass_the_check(
    people: int, jobs: int, names: list[str], tmp_path: Path
):
    region = synthetic_region(people=people, jobs=jobs, municipalities=names, today=TODAY)
    write_region(region, tmp_path / "region")

    assert list(check_region(tmp_path / "region")) == []
    assert (len(region.people), len(region.jobs)) == (people, jobs)


def test_old_and_new_names_meet_in_one_municipality():
    region = synthetic_region(
        people=50, jobs=10, municipalities=["Genk", "Hasselt", "71022"], today=TODAY
    )

    assert [each.nis for each in region.municipalities] == ["71072", "71016"]
    assert region.name == "Hasselt en Genk"
    assert region.outlines is None


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path):
    write_region(synthetic_region(people=300, jobs=90, seed=3, today=TODAY), tmp_path / "here")
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from koempel.region.synthetic import synthetic_region;"
        "from koempel.region.tables import write_region;"
        "write_region(synthetic_region(people=300, jobs=90, seed=3, today=date(2026, 11, 23)),"
        " Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    there = str(tmp_path / "there")
    subprocess.run([sys.executable, "-c", code, there], env=environment, check=True)

    assert digest(tmp_path / "there") == digest(tmp_path / "here")


def test_the_order_of_the_municipalities_does_not_matter():
    one, other = (
        synthetic_region(people=50, jobs=20, municipalities=names, today=TODAY)
        for names in (["Genk", "71072"], ["Hasselt", "Genk"])
    )

    assert one == other


def test_another_seed_gives_another_region():
    one, other = (synthetic_region(people=50, jobs=20, seed=s, today=TODAY) for s in (1, 2))

    assert one.people != other.people
    assert one.jobs != other.jobs


def test_people_match_the_public_shares(home: Region):
    people = home.people
    a_year_ago = date(TODAY.year - 1, TODAY.month, TODAY.day)

    assert within(share([not person.modes for person in people]), 0.47)
    assert within(share([person.registered_on < a_year_ago for person in people]), 0.39)
    assert within(share([trait.sex is Sex.F for trait in home.traits]), 0.48)


def test_low_schooled_people_want_elementary_work_only(home: Region):
    elementary = [all(code.startswith("9") for code in person.wants) for person in home.people]

    # Some others happen to want nothing else either: 15 to 20 in a hundred of them.
    assert 0.45 < share(elementary) < 0.60


def test_people_live_where_the_public_figures_say(home: Region):
    municipality_of = {village.id: village.municipality for village in home.villages}
    lives_in = [municipality_of[person.village] for person in home.people]
    villages = [p.village for p in home.people if municipality_of[p.village] == "71070"]

    inhabitants = {"71070": 33_892, "71004": 46_598, "72039": 30_550}
    for nis, count in inhabitants.items():
        assert within(share([each == nis for each in lives_in]), count / 111_040)
    for village, count in {"berkenbos": 129, "heusden": 125, "halvijvers": 98}.items():
        found = share([each == f"71070-{village}" for each in villages])
        assert abs(found - count / 968) < 0.04


def test_homes_are_known_to_half_a_kilometre_only(home: Region):
    cells = {(person.lon, person.lat) for person in home.people}
    lats = sorted({lat for _, lat in cells})

    assert len(cells) < 800
    assert min(b - a for a, b in pairwise(lats)) > 0.0043


def test_case_numbers_are_unique_and_clear_to_read(home: Region):
    numbers = [person.id for person in home.people]

    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"K-[2-9A-HJKMNP-TV-Z]{4}", number) for number in numbers)


def test_people_differ_as_people_do(home: Region):
    people = home.people

    assert 20 <= len({person.away for person in people}) <= 60
    assert {Cycling.YES, Cycling.LEARN, Cycling.NO} == {person.cycling for person in people}
    assert all(person.cycling is Cycling.YES for person in people if Mode.BIKE in person.modes)
    assert all("B" in person.licences for person in people if Mode.CAR in person.modes)
    assert 0.35 < share([person.dutch_speaking <= "A2" for person in people]) < 0.55
    assert all(person.available_from >= TODAY for person in people)


def test_rights_come_from_who_decides_on_them(home: Region):
    grantors = {right.measure: set() for right in home.rights}
    for right in home.rights:
        grantors[right.measure].add(right.granted_by)

    assert grantors.pop(Measure.ARTICLE_60) == {Grantor.OCMW}
    assert all(each == {Grantor.VDAB} for each in grantors.values())


def test_rights_that_do_not_count_are_there_too(home: Region):
    states = {right.state for right in home.rights}
    ended = [right.valid_until for right in home.rights if right.state is RightState.EXPIRED]
    granted = [right.valid_until for right in home.rights if right.state is RightState.GRANTED]

    assert states == set(RightState)
    assert all(day < TODAY for day in ended)
    assert all(day > TODAY for day in granted)
    # Some end before the job starts.
    assert any((day - TODAY).days < 60 for day in granted)


def test_a_third_of_women_of_20_to_45_have_children(home: Region):
    parents = {child.person for child in home.children}
    has_children = {Sex.F: [], Sex.M: []}
    for trait in home.traits:
        if 20 <= TODAY.year - trait.birth_year < 45 and trait.sex in has_children:
            has_children[trait.sex].append(trait.person in parents)

    assert abs(share(has_children[Sex.F]) - 0.33) < 0.06
    assert abs(share(has_children[Sex.M]) - 0.13) < 0.05


def test_children_are_up_to_twelve_with_care_of_their_age(home: Region):
    months = {
        child.id: (TODAY.year - child.birth_month.year) * 12 + TODAY.month - child.birth_month.month
        for child in home.children
    }

    assert all(3 <= age < 156 for age in months.values())
    for child in home.children:
        if child.care is CareKind.SCHOOL:
            assert months[child.id] >= 30
        if child.care is CareKind.CHILDCARE:
            assert months[child.id] < 30
    assert {child.care for child in home.children} == set(CareKind)


def test_brothers_and_sisters_go_to_one_school(home: Region):
    schools: dict[str, set[tuple[float | None, float | None]]] = {}
    for child in home.children:
        if child.care is CareKind.SCHOOL:
            schools.setdefault(child.person, set()).add((child.care_lon, child.care_lat))

    assert {len(those) for those in schools.values()} == {1}


def test_traits_shape_nothing_but_having_children(home: Region):
    sex = {trait.person: trait.sex for trait in home.traits}
    women = [person for person in home.people if sex[person.id] is Sex.F]
    men = [person for person in home.people if sex[person.id] is Sex.M]

    for has in (
        lambda person: not person.modes,
        lambda person: person.dutch_speaking <= "A2",
        lambda person: bool(person.needs),
        lambda person: "FORKLIFT" in person.skills,
        lambda person: person.wants[0].startswith("9"),
        lambda person: person.away == parse_windows("24/7"),
    ):
        difference = share([has(p) for p in women]) - share([has(p) for p in men])
        # Four standard errors of a difference of two shares of about 2,000 people.
        assert abs(difference) < 0.064


def test_seats_come_to_half_of_the_people(home: Region):
    seats = [job.seats for job in home.jobs]

    assert 0.5 < sum(seats) / len(home.people) < 0.6
    assert max(seats) <= 6
    assert 0.4 < share([count == 1 for count in seats]) < 0.6


def test_a_third_of_the_jobs_are_kept_for_people_with_a_right(home: Region):
    kind = {employer.id: employer.kind for employer in home.employers}
    kept = [job for job in home.jobs if job.measures]

    assert 0.25 < len(kept) / len(home.jobs) < 0.42
    assert {kind[job.employer] for job in kept} == {EmployerKind.SOCIAL}


def test_jobs_have_some_dozens_of_shift_patterns(home: Region):
    shifts = [" | ".join(map(str, job.shifts)) for job in home.jobs]

    assert 30 <= len(set(shifts)) <= 50
    assert share(["Mo-Fr 06:00-14:00" in each for each in shifts]) > 0.15
    assert share(["22:00-06:00" in each for each in shifts]) > 0.02
    assert all(
        0 <= (job.start_from - TODAY).days <= 60 and job.start_from < job.start_to
        for job in home.jobs
    )


def test_every_skill_and_licence_that_a_job_asks_is_taught(home: Region):
    asked = {code for job in home.jobs for code in (*job.skills, *job.licences)}
    taught = {course.teaches for course in home.courses}
    held = {code for person in home.people for code in (*person.skills, *person.licences)}

    assert asked - taught == {"ASSEMBLY", "KITCHEN"}
    assert asked <= held


def test_firms_have_invented_names_and_no_number(home: Region):
    names = [employer.name for employer in home.employers]

    assert names[:2] == ["De Kolenvink", "Draadwerk Blauwput"]
    assert len(set(names)) == len(names)
    assert {employer.enterprise_number for employer in home.employers} == {None}


def test_levers_of_the_default_region(home: Region):
    bikes = {kind: [b for b in home.bikes if b.kind is kind] for kind in BikeKind}
    flex = [site for site in home.childcare if site.mode is ChildcareMode.FLEX]

    assert [(bike.serves, bike.capacity) for bike in bikes[BikeKind.BIKE]] == [
        (("71004",), 18),
        (("71070",), 18),
        (("72039",), 18),
    ]
    assert [(bike.serves, bike.capacity) for bike in bikes[BikeKind.EBIKE_LOAN]] == [((), 15)]
    assert [(site.name, str(site.hours)) for site in flex] == [
        ("Opvang Het Mijnlampje, Zolder", "Mo-Fr 05:30-20:00")
    ]
    assert {site.mode for site in home.childcare} == set(ChildcareMode)
    assert len(home.shuttle_runs) == 6 * len(home.shuttle_lines) > 0


def test_shuttles_go_where_the_bus_does_not_serve_the_shifts(home: Region):
    early = [job for job in home.jobs if "06:00-14:00" in str(job.shifts[0])]

    for line in home.shuttle_lines:
        assert 14 <= line.ride_min <= 27
        assert any(
            abs(job.lon - line.to_lon) < 0.015 and abs(job.lat - line.to_lat) < 0.01
            for job in early
        )


def test_levers_grow_with_the_number_of_people(home: Region):
    twice = synthetic_region(people=8000, jobs=2000, today=TODAY)

    assert sum(b.capacity for b in twice.bikes) == 2 * sum(b.capacity for b in home.bikes)
    assert sum(c.capacity for c in twice.courses) == 2 * sum(c.capacity for c in home.courses)
    assert len(twice.shuttle_lines) == 2 * len(home.shuttle_lines)


def test_floors_are_in_proportion_to_the_people(home: Region):
    municipality_of = {village.id: village.municipality for village in home.villages}
    lives_in = [municipality_of[person.village] for person in home.people]

    seats = sum(job.seats for job in home.jobs)

    assert {floor.of: floor.at_least for floor in home.floors} == {
        nis: int(0.22 * seats * lives_in.count(nis) / len(home.people))
        for nis in ("71070", "71004", "72039")
    }


def test_progress_ends_with_all_work_done():
    told: list[float] = []

    synthetic_region(people=1500, jobs=700, today=TODAY, progress=told.append)
    assert told == [1000 / 2200, 2000 / 2200, 1]


def test_refuses_what_cannot_be_a_region():
    with pytest.raises(UnknownMunicipalityError):
        synthetic_region(municipalities=["Atlantis"], today=TODAY)
    with pytest.raises(InputError, match="municipalities"):
        synthetic_region(municipalities=[], today=TODAY)
    with pytest.raises(InputError, match="jobs: found -1"):
        synthetic_region(jobs=-1, today=TODAY)
