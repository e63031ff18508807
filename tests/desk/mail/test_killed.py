"""A mail leaves once, whatever happens to the process that sends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.operations.office import Office

SENDER = Path(__file__).with_name("sender.py")
POINTS = 60


def killed(data, **variables):
    office = Office(data, **variables)
    done = subprocess.run(
        [sys.executable, SENDER, str(POINTS)],
        env=office.desk_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("struck with a mail in hand") >= POINTS * 2 / 3, "killed where it matters"
    return found


@pytest.mark.slow
def test_killed_sender_leaves_every_mail_in_the_folder_once_and_whole(data_folder):
    found = killed(data_folder)
    count = found["mails"]
    assert found == {
        "mails": count, "states": {"SENT": count}, "links kept": 0, "arrived": count,
        "under other names": 0, "not whole": 0, "ids": count,
    }  # fmt: skip


@pytest.mark.slow
def test_killed_sender_tells_a_server_again_only_under_the_same_name(data_folder):
    found = killed(data_folder, KOEMPEL_MAIL_HOST="mail.koempel.invalid")
    count = found["mails"]
    told_again = found.pop("told again")
    assert POINTS / 3 <= told_again <= POINTS * 2 / 3, "only the mail that had left at a kill"
    assert found == {"mails": count, "states": {"SENT": count}, "links kept": 0, "arrived": count}
