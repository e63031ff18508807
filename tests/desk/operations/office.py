"""An office with its own data folder, run by the real command in a process of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src"
COMMAND = "import sys; sys.argv[0] = 'koempel'; from koempel.cli import main; main()"

PREPARE = """
from koempel.desk.operations.prepare import prepare_database, prepare_files
prepare_database()
prepare_files()
"""


needs_postgresql = pytest.mark.skipif(
    not shutil.which("pg_virtualenv"), reason="PostgreSQL is not installed"
)
"""Of a test that brings a PostgreSQL of its own. The build installs it, and fails on a skip."""


def free_port() -> int:
    """A port that nobody listens on; not one from 5432 on, which clusters take by themselves."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def in_a_cluster() -> tuple[str, ...]:
    """What runs a command with a PostgreSQL of its own, also while others start or stop theirs.

    Left to itself it takes the first port from 5432 on that is free now: two at once would take
    the same, and one that is stopped for a while would lose its own.
    """
    return ("pg_virtualenv", "-t", "-c", f"--port={free_port()}")


class Office:
    """An office with its own data folder, as its operator meets it: through `koempel`."""

    def __init__(self, data: Path, **variables: str) -> None:
        self.data = data
        known = {name: text for name, text in os.environ.items() if "KOEMPEL" not in name}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = {
            **known,
            "KOEMPEL_DATA": str(data),
            "KOEMPEL_HTTPS": "0",
            "PYTHONPATH": str(SOURCE),
            **variables,
        }

    @property
    def desk_environment(self):
        """For a script that uses the desk itself."""
        return {
            **self.environment,
            "DJANGO_SETTINGS_MODULE": "koempel.desk.config.settings",
        }

    def start(self, *arguments, **rest):
        """The command at work."""
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **rest,
        )

    def run(self, *arguments, typed=None):
        """The command when it is done: status, output, words."""
        process = self.start(*arguments, stdin=subprocess.PIPE)
        output, words = process.communicate(typed, timeout=120)
        return process.returncode, output, words

    def python(self, script):
        """What a script prints that runs on the desk of this office."""
        head = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", head + script],
            env=self.desk_environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def prepare(self):
        """Make the folder and the database ready, as `koempel serve` does."""
        self.python(PREPARE)


TELL_AND_WAIT = (
    "import json, os, sys; print(json.dumps(dict(os.environ)), flush=True); sys.stdin.read()"
)


@contextmanager
def postgresql_cluster() -> Iterator[dict[str, str]]:
    """A cluster that lives as long as the block; gives the variables that lead to it."""
    known = {name: text for name, text in os.environ.items() if not name.startswith("PG")}
    with subprocess.Popen(
        [*in_a_cluster(), sys.executable, "-c", TELL_AND_WAIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=known,
    ) as cluster:
        try:
            # pg_virtualenv says on the same stream what it does.
            told = next(line for line in cluster.stdout if line.startswith("{"))
            yield {name: text for name, text in json.loads(told).items() if name.startswith("PG")}
        finally:
            cluster.communicate("")


def on_postgresql(
    folder: Path, cluster: dict[str, str], name: str, template: str = "template0"
) -> Office:
    """An office with a database of its own in the cluster."""
    office = Office(folder, **cluster, KOEMPEL_DATABASE="postgresql", KOEMPEL_DATABASE_NAME=name)
    subprocess.run(["createdb", "-T", template, name], env=office.environment, check=True)
    return office
