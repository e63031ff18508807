"""The same on PostgreSQL, in a cluster that lives as long as the test."""

import subprocess
import sys

import pytest

from desk.operations.office import COMMAND, in_a_cluster, needs_postgresql

STORY = """
set -eu
koempel() {{ {python} -c "{command}" "$@"; }}
createdb koempel
printf '%s\\n' 'een lange zin die niemand raadt' > {folder}/password
koempel createadmin --email an@koempel.invalid --name An --password-file {folder}/password
koempel backup {folder}/backup.zip
psql --quiet --dbname=koempel --command "update accounts_user set name = 'Na de back-up'"
echo status-without-replace: $(koempel restore {folder}/backup.zip >&2 && echo 0 || echo $?)
koempel restore --replace {folder}/backup.zip
echo now: $(psql -At --dbname=koempel --command "select name from accounts_user")
kept=$(psql -At --dbname=postgres --command \
    "select datname from pg_database where datname like 'koempel-voor-%'")
echo kept: $(psql -At --dbname="$kept" --command "select name from accounts_user")
echo left: $(psql -At --dbname=postgres --command \
    "select count(*) from pg_database where datname like 'koempel-new-%'")
"""


@pytest.mark.slow
@needs_postgresql
def test_backup_of_postgresql_comes_back_and_the_old_one_stays_aside(office, tmp_path):
    story = STORY.format(python=sys.executable, command=COMMAND, folder=tmp_path)
    done = subprocess.run(
        [*in_a_cluster(), "sh", "-c", story],
        env={**office.environment, "KOEMPEL_DATABASE": "postgresql"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    assert said == {
        "status-without-replace": "2",
        "now": "An",
        "kept": "Na de back-up",
        "left": "0",
    }
