"""Where somebody lives, no finer than the plan needs."""

from typing import Final

CELL_DEGREES: Final = 0.005
"""About 500 metres from north to south, and 350 from west to east."""


def cell(lon: float, lat: float) -> tuple[float, float]:
    """The middle of the cell in which a point lies.

    Examples
    --------
    >>> cell(5.2801, 51.0366)
    (5.28, 51.035)
    """
    return (
        round(round(lon / CELL_DEGREES) * CELL_DEGREES, 4),
        round(round(lat / CELL_DEGREES) * CELL_DEGREES, 4),
    )
