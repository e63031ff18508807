"""Rules for all tests."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("koempel", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("koempel")

REQUIRE_ALL = bool(os.environ.get("KOEMPEL_REQUIRE_ALL"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long first: the longest test of all must not begin when the others are done."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("e2e", "slow"))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """The build installs everything, so a test that skips itself there shows a fault of it."""
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
