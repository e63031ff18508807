"""Travel times from the straight line, against times over the street network."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from koempel.region.outcome import TravelMode
from koempel.region.parameters import Parameters
from koempel.region.rules import Rules
from koempel.region.travel import FAR, CrowFly, distance_km
from region.cases import TODAY

REFERENCE = Path(__file__).parents[3] / "shared/data/geo/calibration/kempen_valhalla_reference.json"
RULES = Rules.on(Parameters.read([]), TODAY)
HOME = np.array([[5.2801, 51.0366]])


def east(km: float) -> np.ndarray:
    """A point so many km east of home."""
    return HOME + np.array([km / (111.195 * np.cos(np.radians(HOME[0, 1]))), 0])


def minutes(mode: TravelMode, km: float) -> int:
    return int(CrowFly(RULES).minutes((mode,), HOME, east(km))[0, 0, 0])


@pytest.mark.parametrize(
    ("mode", "km", "expected"),
    [
        (TravelMode.WALK, 1.0, 15),  # 0.5 + 14.2
        (TravelMode.BIKE, 5.0, 24),  # 0.5 + 22.75
        (TravelMode.EBIKE, 5.0, 19),  # 0.5 + 18
        (TravelMode.CAR, 9.9, 17),  # 1 + 15.84
        (TravelMode.BUS, 10.0, 67),  # 21.2 + 45.7
    ],
)
def test_minutes_are_the_formula_rounded_up(mode: TravelMode, km: float, expected: int):
    assert minutes(mode, km) == expected


@pytest.mark.parametrize(
    ("mode", "longest_km"),
    [(TravelMode.WALK, 5 / 1.24), (TravelMode.BIKE, 10 / 1.32), (TravelMode.EBIKE, 15 / 1.32)],
)
def test_a_trip_past_the_longest_of_its_mode_is_out_of_reach(mode: TravelMode, longest_km: float):
    assert minutes(mode, longest_km - 0.01) < FAR
    assert minutes(mode, longest_km + 0.01) == FAR


def test_distance_is_that_of_a_sphere():
    one_degree = distance_km(np.array([[5.0, 51.0]]), np.array([[5.0, 52.0]]))

    assert one_degree == pytest.approx(111.195, abs=0.001)


@pytest.mark.skipif(not REFERENCE.exists(), reason="kempen_valhalla_reference.json is not here")
@pytest.mark.parametrize(
    ("mode", "costing", "stated"),
    [
        (TravelMode.WALK, "pedestrian", 0.074),
        (TravelMode.BIKE, "bicycle", 0.078),
        (TravelMode.CAR, "auto", 0.13),
    ],
)
def test_the_error_against_the_street_network_is_as_stated(
    mode: TravelMode, costing: str, stated: float
):
    known = json.loads(REFERENCE.read_text("utf-8"))
    homes, jobs = np.array(known["homes"]), np.array(known["jobs"])
    true = np.array(known["seconds"][costing], float) / 60

    endless = {each: replace(pace, max_km=1000) for each, pace in RULES.pace.items()}
    found = CrowFly(replace(RULES, pace=endless)).minutes((mode,), homes, jobs)[0]
    error = abs(found - 0.5 - true) / true  # rounded up: half a minute too much in the middle
    assert np.median(error) <= stated + 0.01
