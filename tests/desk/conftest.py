"""A browser for the tests that need one, and what differs between the two databases."""

import fcntl
import os
import shutil
from contextlib import suppress
from importlib import import_module

import pytest
from django.db import connection

from desk.operations.office import Office

# Tables that triggers lock: the migration that does it, and what undoes it for a test.
WRITE_ONCE = {
    "audit_event": (
        "common_auditevent",
        import_module("koempel.desk.common.migrations.0002_audit_is_write_once"),
    ),
    "lever_entry": (
        "levers_leverentry",
        import_module("koempel.desk.levers.migrations.0002_ledger_is_write_once"),
    ),
}

USES_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}

CHROMIUM = shutil.which("chromium")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run only what asks the database: all else says the same as on SQLite."""
    if connection.vendor != "postgresql":
        return
    for item in [item for item in items if not _asks_database(item)]:
        items.remove(item)
        config.hook.pytest_deselected(items=[item])


def _asks_database(item):
    return bool(
        item.get_closest_marker("django_db")
        or USES_DATABASE & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An office with all tables and files, on SQLite; one for all processes that test together.

    To make the tables takes some ten seconds, and a test in processes of its own needs them too.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    office, done = Office(shared / "prepared"), shared / "prepared.done"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            office.prepare()
            done.touch()
    return office


@pytest.fixture
def data_folder(prepared, tmp_path):
    """A data folder of its own with all tables and files, and nothing in them."""
    return shutil.copytree(prepared.data, tmp_path / "data")


CONTEXTS = pytest.StashKey[list]()
"""The browsers that a test opened, for who reads why it failed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed and report.when != "teardown":
        for page in [page for one in item.stash.get(CONTEXTS, []) for page in one.pages]:
            report.sections.append((f"page {page.url}", _shown(page)))
    return report


def _shown(page):
    """What stands on a page, as a screen reader finds it."""
    try:
        return page.locator("body").aria_snapshot(timeout=PATIENCE_MS)
    except Exception as reason:
        return f"cannot be read: {reason}"


PATIENCE_MS = 20_000
"""Long: a page that is opened for the first time on a busy machine takes its time."""


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries, monkeypatch):
    """Counts alike on both databases: PostgreSQL puts a savepoint around each request of a test."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", False)
    return django_assert_num_queries


@pytest.fixture(scope="module")
def chromium():
    """One browser per module: two drivers at once do not go together in one process."""
    driver_of = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    driver_of.expect.set_options(timeout=PATIENCE_MS)
    with driver_of.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))


@pytest.fixture
def new_page(request, chromium):
    """Makes pages: ``new_page(width=390, color_scheme="dark", java_script_enabled=False)``."""
    contexts = request.node.stash.setdefault(CONTEXTS, [])

    def make(*, width=1280, height=900, **options):
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, locale="nl-BE", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    error = pytest.importorskip("playwright.sync_api").Error
    for context in contexts:
        for each in context.pages:
            # A request that still runs would write in the trail while the tables are emptied.
            with suppress(error):
                each.wait_for_load_state("networkidle")
        context.close()


@pytest.fixture
def page(new_page):
    """A page on a desk."""
    return new_page()


@pytest.fixture(autouse=True)
def _empty_audit_trail(request):
    """After a test with real transactions the tables are emptied, which the triggers refuse."""
    mark = request.node.get_closest_marker("django_db")
    is_real = mark is not None and mark.kwargs.get("transaction")
    if not is_real and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    # Asked here, so that it ends after this fixture: the trail is empty when the tables go.
    request.getfixturevalue("transactional_db")
    yield
    _empty()


def _empty():
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, (table, write_once) in WRITE_ONCE.items():
            for statement in write_once.UNDO[connection.vendor]:
                cursor.execute(statement)
            cursor.execute(f"DELETE FROM {table}")
            for statement in write_once.POSTGRESQL if is_postgresql else write_once.SQLITE:
                cursor.execute(statement)
            if is_postgresql:
                # Tables are emptied by TRUNCATE there, which this trigger refuses even when empty.
                cursor.execute(f"DROP TRIGGER {name}_no_truncate ON {table}")
