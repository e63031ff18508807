import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from koempel.desk.common import sheets
from koempel.desk.common.sheets import Sheet, SheetError, read_sheet


def read(data: bytes, name="x.csv"):
    return read_sheet(BytesIO(data), name)


def saved(book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_spreadsheet_reads_like_its_csv():
    book = Workbook()
    book.active.append(["nummer", "start", "uren"])
    book.active.append([17, date(2026, 12, 1), 37.5])
    book.active.append([None, None, None])
    expected = Sheet(["nummer", "start", "uren"], [(2, ["17", "2026-12-01", "37.5"])])
    assert read(saved(book), "x.XLSX") == expected
    assert read(b"nummer;start;uren\n17;2026-12-01;37.5\n") == expected


def test_a_table_that_waits_comes_back_as_it_was(tmp_path):
    sheet = read("naam;dorp\n\nYára;Köersel\n".encode())
    (tmp_path / "file").write_bytes(sheet.as_bytes())
    assert (
        Sheet.kept_in(tmp_path / "file")
        == sheet
        == Sheet(["naam", "dorp"], [(3, ["Yára", "Köersel"])])
    )


def test_the_guard_of_our_own_files_goes_off_again():
    assert read(b"titel\n'=1+1\n") == Sheet(["titel"], [(2, ["=1+1"])])


def test_a_cell_longer_than_any_field_is_cut():
    (row,) = read(b"titel\n" + b"x" * 5_000 + b"\n").rows
    assert row == (2, ["x" * (sheets.MOST_CELL + 1)])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", b"", "leeg"),
        ("x.csv", b'a;b\n"c;d\n', "Regel 2"),
        ("x.csv", (";".join("k" * 61)).encode(), "meer dan 60 kolommen"),
        ("x.csv", b"a\n" + b"1\n" * (sheets.MOST_ROWS + 1), "meer dan 20000 rijen"),
        ("x.xlsx", b"geen rekenblad", "geen rekenblad"),
    ],
)
def test_what_cannot_be_read_says_why(name, data, said):
    with pytest.raises(SheetError, match=said):
        read(data, name)


def test_a_file_of_exactly_the_most_rows_is_read():
    assert len(read(b"a\n" + b"1\n" * sheets.MOST_ROWS).rows) == sheets.MOST_ROWS


@pytest.mark.parametrize("name", ["iets.txt", "xl/workbook.xml"])
def test_a_zip_that_is_no_spreadsheet_is_refused(name):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "<half")
    with pytest.raises(SheetError, match="niet te lezen"):
        read(file.getvalue(), "x.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (sheets.MOST_UNPACKED + 1))
    with pytest.raises(SheetError, match="te groot"):
        read(file.getvalue(), "x.xlsx")


def test_a_small_file_that_says_one_long_text_over_and_over_is_refused():
    book = Workbook()
    for _ in range(500):
        book.active.append(["x" * sheets.MOST_CELL] * sheets.MOST_COLUMNS)
    with pytest.raises(SheetError, match="te veel tekst"):
        read(saved(book), "x.xlsx")


GROWING = "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10 if level else "kool"}">' for level in range(9)
)


@pytest.mark.parametrize(
    ("entities", "text"),
    [('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), (GROWING, "&a8;")],
    ids=["from elsewhere", "ever more"],
)
def test_spreadsheet_that_names_another_file_or_multiplies_itself_is_refused(entities, text):
    """A spreadsheet is XML, and its reader may not follow what that names."""
    book = Workbook()
    book.active.append(["naam"])
    with pytest.raises(SheetError, match="niet te lezen"):
        read(_with_entities(saved(book), entities, text), "x.xlsx")


def _with_entities(data: bytes, entities: str, text: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if b">naam<" in content:
                told = content.replace(b">naam<", f">{text}<".encode())
                root = told.index(b"<worksheet")
                content = told[:root] + f"<!DOCTYPE worksheet [{entities}]>".encode() + told[root:]
            new.writestr(name, content)
    return file.getvalue()
