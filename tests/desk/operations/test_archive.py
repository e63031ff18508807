import zipfile

import pytest

from koempel.desk.operations.archive import (
    BackupError,
    Manifest,
    opened,
    unpack,
    write_archive,
)


def manifest(**facts):
    known = {
        "made_at": "2026-11-23T12:00:00+00:00",
        "version": "0.1.0",
        "database": "sqlite",
        "rows": {"people": 2},
        "migrations": ["people.0001"],
    }
    return Manifest(**(known | facts))


@pytest.fixture
def archive(tmp_path):
    part = tmp_path / "part"
    part.write_bytes(b"Yara Lampenier" * 20)
    file = tmp_path / "backup.zip"
    write_archive(file, {"koempel.sqlite3": part, "uploads/cv.txt": part}, manifest())
    return file


def read_back(file, folder):
    with opened(file) as (zipped, found):
        unpack(zipped, found, folder)
    return found


def test_what_goes_in_comes_out(archive, tmp_path):
    found = read_back(archive, tmp_path / "out")
    assert (tmp_path / "out" / "uploads" / "cv.txt").read_bytes() == b"Yara Lampenier" * 20
    assert found.rows == {"people": 2}
    assert sorted(found.files) == ["koempel.sqlite3", "uploads/cv.txt"]


def test_file_is_a_zip_that_only_its_owner_reads(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(archive).testzip() is None


def test_every_byte_that_flips_is_noticed(archive, tmp_path):
    whole = archive.read_bytes()
    broken = tmp_path / "broken.zip"
    unnoticed = []
    for place in range(len(whole)):
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            with opened(broken):
                unnoticed.append(place)
        except BackupError:
            continue
    assert unnoticed == []


@pytest.mark.parametrize("kept", [0, 10, 500, -1])
def test_file_that_was_cut_is_noticed(archive, kept):
    archive.write_bytes(archive.read_bytes()[:kept])
    with pytest.raises(BackupError), opened(archive):
        pass


def test_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BackupError, match="niet te lezen"), opened(tmp_path / "none.zip"):
        pass


def test_other_format_is_left_to_its_own_version(tmp_path):
    file = tmp_path / "newer.zip"
    write_archive(file, {}, manifest(format=2, version="9.0.0"))
    with pytest.raises(BackupError, match=r"Koempel 9\.0\.0"), opened(file):
        pass


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside"])
def test_part_that_would_land_outside_is_refused(tmp_path, name):
    part = tmp_path / "part"
    part.write_text("x")
    file = tmp_path / "evil.zip"
    write_archive(file, {name: part}, manifest())
    with pytest.raises(BackupError, match="hoort niet in een back-up"):
        read_back(file, tmp_path / "out")
    assert not (tmp_path / "outside").exists()
