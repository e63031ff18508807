"""Clock times that clash, for the obstacles that speak of hours."""

from koempel.region.windows import DAY_MIN, WEEK_MIN, Windows


def clash(
    hours: Windows, shifts: tuple[tuple[int, int], ...], before: int, after: int
) -> tuple[str, str]:
    """The first moment at which something is needed outside its hours.

    Parameters
    ----------
    hours : Windows
        When it is there.
    shifts : tuple of (start, length)
        Minutes of the week.
    before, after : int
        Minutes that it is needed before each shift and after it.

    Returns
    -------
    (str, str)
        When it opens and from when it is needed, or when it closes and until when; empty when
        the hours do not touch the shift at all, so that no clock time would explain it.

    Examples
    --------
    >>> from koempel.region.windows import parse_windows
    >>> clash(parse_windows("Mo-Fr 07:00-18:00"), ((360, 480),), 20, 20)
    ('07:00', '05:40')
    """
    for start, length in shifts:
        first, end = start - before, start + length + after
        for opens, span in hours.spans:
            shift = (opens - first + WEEK_MIN // 2) // WEEK_MIN * WEEK_MIN
            opens_at, closes_at = opens - shift, opens - shift + span
            if opens_at >= end or closes_at <= first:
                continue
            if opens_at > first:
                return _clock(opens_at), _clock(first)
            if closes_at < end:
                return _clock(closes_at), _clock(end)
    return "", ""


def _clock(minute: int) -> str:
    return f"{minute % DAY_MIN // 60:02}:{minute % 60:02}"
