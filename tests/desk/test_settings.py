"""The one reader of the environment, and the page that lists what it knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from koempel.desk.config.env import Env, SettingError

ROOT = Path(__file__).parents[2]


def test_settings_page_is_what_the_settings_ask():
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "settings_doc.py"],
        env={"PYTHONPATH": str(ROOT / "src"), "KOEMPEL_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == made.stdout, (
        "Run: python tools/settings_doc.py > docs/settings.md"
    )


def test_default_holds_when_nothing_is_set():
    env = Env({})
    assert env.text("NAME", "koempel", "") == "koempel"
    assert env.flag("HTTPS", True, "") is True
    assert env.whole("PORT", 587, "") == 587
    assert env.words("HOSTS", "a, b,", "") == ["a", "b"]
    assert env.folder("DATA", "data", "") == Path("data").absolute()
    assert env.one_of("DATABASE", "sqlite", ("sqlite", "postgresql"), "") == "sqlite"
    assert env.secret("KEY", "") == ""


@pytest.mark.parametrize(
    ("text", "found"), [("ja", True), ("TRUE", True), ("0", False), ("nee", False)]
)
def test_flag_reads_yes_and_no(text, found):
    assert Env({"KOEMPEL_HTTPS": text}).flag("HTTPS", not found, "") is found


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda env: env.flag("X", True, ""), "1 of 0"),
        (lambda env: env.whole("X", 1, ""), "een geheel getal"),
        (lambda env: env.one_of("X", "a", ("a", "b"), ""), "a of b"),
    ],
)
def test_wrong_value_stops_the_start_with_a_hint(read, expected):
    with pytest.raises(SettingError) as error:
        read(Env({"KOEMPEL_X": "misschien"}))
    assert str(error.value) == (
        f"KOEMPEL_X is «misschien»; verwacht: {expected}. Pas de variabele aan of laat ze weg."
    )


def test_secret_comes_from_its_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("diep onder de grond\n")
    assert Env({"KOEMPEL_KEY_FILE": str(file)}).secret("KEY", "") == "diep onder de grond"


def test_secret_file_that_cannot_be_read_stops_the_start(tmp_path):
    with pytest.raises(SettingError, match="niet te lezen: No such file"):
        Env({"KOEMPEL_KEY_FILE": str(tmp_path / "none")}).secret("KEY", "")


def test_reader_remembers_what_was_asked():
    env = Env({})
    env.whole("PORT", 587, "Poort.")
    (known,) = env.known
    assert (known.name, known.default, known.meaning) == ("KOEMPEL_PORT", "587", "Poort.")
