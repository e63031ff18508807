import subprocess
import sys

import pytest

from koempel.desk.operations import holds

HOLDER = """
import sys, time
from pathlib import Path
from koempel.desk.operations import holds
with holds.hold(Path(sys.argv[1]), "server"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path, office):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        env=office.environment,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_hold_of_another_process_is_seen_and_refused(tmp_path, holder):
    assert holds.is_held(tmp_path, "server")
    with pytest.raises(holds.HeldError, match="loopt al"), holds.hold(tmp_path, "server"):
        pass


def test_hold_ends_with_its_process_however_it_ends(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert not holds.is_held(tmp_path, "server")
    with holds.hold(tmp_path, "server"):
        assert holds.is_held(tmp_path, "server")


def test_waiting_for_a_hold_begins_when_the_other_ends(tmp_path, holder):
    holder.terminate()
    with holds.wait_for_hold(tmp_path, "server"):
        assert holder.wait() != 0
