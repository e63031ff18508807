"""An office with its own data folder, run by the real command in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src"
COMMAND = "import sys; sys.argv[0] = 'koempel'; from koempel.cli import main; main()"


class Office:
    """An office with its own data folder, as its operator meets it: through `koempel`."""

    def __init__(self, data: Path) -> None:
        self.data = data
        known = {name: text for name, text in os.environ.items() if "KOEMPEL" not in name}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = {
            **known,
            "KOEMPEL_DATA": str(data),
            "KOEMPEL_HTTPS": "0",
            "PYTHONPATH": str(SOURCE),
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
            check=True,
        )
        return done.stdout.strip()
