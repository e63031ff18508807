import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from koempel.desk.common import sheets
from koempel.desk.common.sheets import SheetError, read_sheet


def written(tmp_path, data: bytes):
    path = tmp_path / "file"
    path.write_bytes(data)
    return path


def test_a_spreadsheet_reads_like_its_csv(tmp_path):
    book = Workbook()
    book.active.append(["nummer", "start", "uren"])
    book.active.append([17, date(2026, 12, 1), 37.5])
    book.active.append([None, None, None])
    book.save(tmp_path / "file")
    expected = (["nummer", "start", "uren"], [(2, ["17", "2026-12-01", "37.5"])])
    assert read_sheet(tmp_path / "file", "x.XLSX") == expected
    path = written(tmp_path, b"nummer;start;uren\n17;2026-12-01;37.5\n")
    assert read_sheet(path, "x.csv") == expected


def test_the_guard_of_our_own_files_goes_off_again(tmp_path):
    path = written(tmp_path, b"titel\n'=1+1\n")
    assert read_sheet(path, "x.csv") == (["titel"], [(2, ["=1+1"])])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", b"", "leeg"),
        ("x.csv", b'a;b\n"c;d\n', "Regel 2"),
        ("x.csv", (";".join("k" * 61)).encode(), "meer dan 60 kolommen"),
        ("x.xlsx", b"geen rekenblad", "geen rekenblad"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, data, said):
    with pytest.raises(SheetError, match=said):
        read_sheet(written(tmp_path, data), name)


def test_a_zip_that_is_no_spreadsheet_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        archive.writestr("iets.txt", "niets")
    with pytest.raises(SheetError, match="niet te lezen"):
        read_sheet(tmp_path / "file", "x.xlsx")


def test_size_is_refused_before_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 10)
    Workbook().save(tmp_path / "file")
    with pytest.raises(SheetError, match="te groot"):
        read_sheet(tmp_path / "file", "x.xlsx")


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(SheetError, match="meer dan 2 rijen"):
        read_sheet(written(tmp_path, b"a;b\n1;2\n3;4\n5;6\n"), "x.csv")
