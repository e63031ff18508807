"""Files between two steps."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from koempel.desk.common.uploads import KEPT_FOR, UploadGoneError, UploadStore

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("mensen.csv", b"Yara\n\nLio\n")


def test_store_removes_what_is_older_than_a_day(tmp_path):
    store = UploadStore(tmp_path)
    old = store.keep(upload(), owner="7", now=NOW)
    young = store.keep(upload(), owner="7", now=NOW + timedelta(hours=1))

    gone = store.sweep(NOW + KEPT_FOR)

    assert gone == 1
    assert [place.name for place in tmp_path.iterdir()] == [young.token]
    with pytest.raises(UploadGoneError):
        store.find(old.token, owner="7", now=NOW)


def test_store_keeps_nothing_open_past_its_time(tmp_path):
    store = UploadStore(tmp_path)
    kept = store.keep(upload(), owner="7", now=NOW)

    assert store.find(kept.token, owner="7", now=NOW).path.read_bytes() == b"Yara\n\nLio\n"
    with pytest.raises(UploadGoneError):
        store.find(kept.token, owner="7", now=NOW + KEPT_FOR)


@pytest.mark.parametrize("token", ["", "../" + "x" * 29, "x" * 31, "x" * 32, "ééééééééé" * 4])
def test_store_finds_nothing_by_a_guessed_name(tmp_path, token):
    with pytest.raises(UploadGoneError):
        UploadStore(tmp_path).find(token, owner="7", now=NOW)


def test_store_gives_the_file_back_when_the_work_fails(tmp_path):
    store = UploadStore(tmp_path)
    kept = store.keep(upload(), owner="7", now=NOW)

    with pytest.raises(ZeroDivisionError):
        store.use(kept, lambda mine: {"never": 1 / 0})
    result = store.use(kept, lambda mine: {"size": len(mine.path.read_bytes())}).result

    assert result == {"size": 10}
    with pytest.raises(UploadGoneError):
        store.use(kept, lambda mine: {})
    assert store.find(kept.token, owner="7", now=NOW).result == {"size": 10}
    assert store.at_work(kept.token).read_bytes() == b"Yara\n\nLio\n"
    store.let_go(kept.token)
    assert [file.name for file in (tmp_path / kept.token).iterdir()] == ["facts.json"]
    with pytest.raises(UploadGoneError):
        store.at_work(kept.token)


def test_cleared_store_has_nothing_left(tmp_path):
    store = UploadStore(tmp_path)
    waiting, used = (store.keep(upload(), owner="7", now=NOW) for _ in range(2))
    store.use(used, lambda mine: {})

    assert store.clear() == 2
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UploadGoneError):
        store.find(waiting.token, owner="7", now=NOW)


def test_store_folder_is_closed_to_others(tmp_path):
    kept = UploadStore(tmp_path).keep(upload(), owner="7", now=NOW)

    assert kept.path.parent.stat().st_mode & 0o077 == 0


def test_store_removes_nothing_that_others_keep_beside_it(tmp_path):
    (tmp_path / "foto's").mkdir()
    os.utime(tmp_path / "foto's", (0, 0))

    assert UploadStore(tmp_path).sweep(NOW) == 0
    assert (tmp_path / "foto's").exists()
