"""Measure the count that a form of a vacancy shows while the hours are typed.

    python benchmarks/live_count.py

The region is that of the demonstration. Of all its jobs the twenty that most people look for are
counted, each with its hours and half an hour later, after one warm-up that lays the people out.
"""

from __future__ import annotations

import statistics
import time
from datetime import date

from koempel.desk.jobs.reach import reach_count
from koempel.region.rows import Job
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from koempel.region.wishes import OUTSIDE, wish_of

PEOPLE, JOBS, SEED = 4_000, 1_000, 7
TODAY = date(2026, 11, 25)
BROADEST = 20


def main() -> None:
    """Measure and print."""
    region = synthetic_region(people=PEOPLE, jobs=JOBS, seed=SEED, today=TODAY)
    jobs = _broadest(region)
    first = _seconds(jobs[0], region)
    seconds = [_seconds(job, region) for job in jobs]
    print(f"{PEOPLE} people, the {BROADEST} broadest of {JOBS} jobs")
    print(f"first count, people laid out anew: {first * 1000:.0f} ms")
    print(f"median {statistics.median(seconds) * 1000:.0f} ms, worst {max(seconds) * 1000:.0f} ms")


def _broadest(region: Region) -> list[Job]:
    wanting = {
        isco: sum(wish_of(isco, person.wants) != OUTSIDE for person in region.people)
        for isco in {job.isco for job in region.jobs}
    }
    return sorted(region.jobs, key=lambda job: (-wanting[job.isco], job.id))[:BROADEST]


def _seconds(job: Job, region: Region) -> float:
    begun = time.perf_counter()
    reach_count(job, region)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
