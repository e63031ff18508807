from pathlib import Path

from koempel.region.checks import check_region
from koempel.region.format_doc import EXAMPLES, HEAD_EXAMPLE, region_format
from koempel.region.rows import TABLES, columns_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "region-format.md"


def test_document_is_what_the_code_says() -> None:
    assert DOCUMENT.read_text("utf-8") == region_format(), (
        "The columns changed. Run: python -m koempel.region.format_doc > docs/region-format.md"
    )


def test_examples_of_the_document_are_a_region_without_faults(tmp_path: Path) -> None:
    (tmp_path / "region.toml").write_text(HEAD_EXAMPLE, "utf-8")
    for table, row_type in TABLES.items():
        header = ";".join(columns_of(row_type))
        (tmp_path / f"{table}.csv").write_text(f"{header}\n{EXAMPLES[table]}\n", "utf-8")
    assert [str(issue) for issue in check_region(tmp_path)] == []
