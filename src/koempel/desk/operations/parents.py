"""A process does not outlive the one that started it, however that one ended."""

import ctypes
import multiprocessing
import os
import sys
from signal import SIGKILL

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process as soon as the one that started it is gone.

    A web server that is asked to stop while it starts does not listen, so it is not asked.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid != os.getppid():
        # It went before Linux was asked. A sibling keeps `is_alive` from telling.
        os.kill(os.getpid(), SIGKILL)
