"""What is wrong in the files of a region, in words for whoever keeps them."""

from dataclasses import dataclass

from koempel.region.cells import CellError

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault in one file.

    Attributes
    ----------
    file : str
        Name of the file.
    line : int
        Line in it, counted from 1; 0 when the file as a whole is meant.
    column : str
        Name of the column or key; empty when the whole line is meant.
    problem, expected, remedy : str
        In Dutch: what is wrong and with which value, what was expected, what to do.
    """

    file: str
    line: int
    column: str
    problem: str
    expected: str
    remedy: str

    @classmethod
    def of(cls, error: CellError, file: str, line: int = 0, column: str = "") -> "Issue":
        """Put a refused cell in its place."""
        return cls(file, line, column, error.problem, error.expected, error.remedy)

    def __str__(self) -> str:
        word = "sleutel" if self.file.endswith(".toml") else "kolom"
        places = (self.line and f"regel {self.line}", self.column and f"{word} {self.column}")
        where = ", ".join([self.file, *(place for place in places if place)])
        line = f"{where}: {self.problem}. Verwacht: {self.expected}. Doe: {self.remedy}."
        return "".join(sign if sign.isprintable() else REPLACEMENT for sign in line)
