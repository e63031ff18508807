import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koempel.region.windows import (
    ALWAYS,
    DAY_MIN,
    WEEK_MIN,
    Windows,
    WindowsError,
    in_words,
    parse_rotation,
    parse_windows,
)

DAYS_NL = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]

stretches = st.tuples(st.integers(0, WEEK_MIN - 1), st.integers(1, WEEK_MIN))
quarters = st.tuples(st.integers(0, 671), st.integers(1, 200)).map(
    lambda pair: (pair[0] * 15, pair[1] * 15)
)
weeks = st.lists(quarters | stretches, max_size=6).map(lambda spans: Windows(tuple(spans)))


def minutes_of(windows: Windows) -> set[int]:
    return {
        minute % WEEK_MIN
        for start, length in windows.spans
        for minute in range(start, start + length)
    }


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mo-We 06:00-14:00", ((360, 480), (1800, 480), (3240, 480))),
        ("Mo 06:00-14:00,14:00-22:00", ((360, 960),)),
        ("Su 22:00-06:00", ((9960, 480),)),
        ("Su 22:00-24:00, Mo 00:00-06:00", ((9960, 480),)),
        ("Sa-Su", ((7200, 2880),)),
        ("Mo-Su 00:00-24:00", ((0, WEEK_MIN),)),
        ("24/7", ((0, WEEK_MIN),)),
        ("Mo,We 08:00-12:00; We off", ((480, 240),)),
        ("off", ()),
    ],
)
def test_parse_windows_reads_the_week(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_windows(text).spans == spans


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mo-Fr 08:00-12:00; PH off", "hangt af van feestdagen of vakanties"),
        ("SH Mo 08:00-12:00", "hangt af van feestdagen of vakanties"),
        ("sunrise-sunset", "hangt af van de zon"),
        ("Jan Mo 08:00-12:00", "geldt niet elke week"),
        ("week 1-53/2 Mo 08:00-12:00", "geldt niet elke week"),
        ("2027 Mo 08:00-12:00", "geldt niet elke week"),
        ("Mo[1] 08:00-12:00", "geldt niet elke week"),
        ("Mo 08:00+", "heeft geen einduur"),
        ("Mo 08:00-10:00 unknown", "is niet zeker (unknown of een opmerking)"),
        ('Mo 08:00-10:00 "bel eerst"', "is niet zeker (unknown of een opmerking)"),
        ("Mo 10:00-10:00", "heeft een venster zonder lengte"),
        ("maandag 8 tot 12", "is niet te lezen"),
        ("Mo 08:00-12:60", "is niet te lezen"),
        ("Mo 08:00-16:00/01:30", "is niet te lezen"),
        ("", "is niet te lezen"),
        ("Mo 08:00-12:00," * 100, "is langer dan 1000 tekens"),
        (
            "Mo-Th 22:00-06:00; Fr 20:00-23:00",
            "heeft een nacht en een puntkomma; zet een komma, anders valt een stuk nacht weg",
        ),
    ],
)
def test_parse_windows_says_why_it_refuses(text: str, why: str) -> None:
    with pytest.raises(WindowsError) as refused:
        parse_windows(text)
    assert str(refused.value) == why


@given(st.text(alphabet="MoTuWeThFrSaSu0123456789:-,; |/", max_size=60))
def test_parse_windows_raises_nothing_but_windows_error(text: str) -> None:
    try:
        week = parse_windows(text)
    except WindowsError:
        return
    assert parse_windows(str(week)) == week


def test_parse_rotation_reads_week_by_week() -> None:
    assert parse_rotation("Mo 06:00-14:00 | Mo 14:00-22:00 | off") == (
        Windows(((360, 480),)),
        Windows(((840, 480),)),
        Windows(()),
    )


def test_parse_rotation_refuses_an_empty_week() -> None:
    with pytest.raises(WindowsError):
        parse_rotation("Mo 06:00-14:00 | ")


@given(weeks)
def test_notation_parses_back_to_the_same_week(week: Windows) -> None:
    assert parse_windows(str(week)) == week


def test_notation_groups_days_with_the_same_hours() -> None:
    week = parse_windows(
        "Mo 08:00-12:00, Tu-Fr 08:00-12:00,13:00-17:00, Mo 13:00-17:00, Su 22:00-30:00"
    )
    assert str(week) == "Mo-Fr 08:00-12:00,13:00-17:00, Su 22:00-06:00"


@given(st.lists(stretches, max_size=5))
def test_windows_join_what_overlaps_or_touches(spans: list[tuple[int, int]]) -> None:
    week = Windows(tuple(spans))
    asked = {minute % WEEK_MIN for start, n in spans for minute in range(start, start + n)}
    starts = sum(1 for minute in asked if (minute - 1) % WEEK_MIN not in asked)
    assert minutes_of(week) == asked
    assert len(week.spans) == starts or week == ALWAYS


def test_windows_refuse_a_span_without_length() -> None:
    with pytest.raises(ValueError, match="longer than 0"):
        Windows(((480, 0),))


@given(weeks, weeks)
def test_union_and_minus_equal_sets_of_minutes(one: Windows, other: Windows) -> None:
    assert minutes_of(one.union(other)) == minutes_of(one) | minutes_of(other)
    assert minutes_of(one.minus(other)) == minutes_of(one) - minutes_of(other)


@given(weeks, stretches)
def test_overlaps_equals_a_shared_minute(week: Windows, window: tuple[int, int]) -> None:
    assert week.overlaps(*window) == bool(minutes_of(week) & minutes_of(Windows((window,))))


@given(weeks)
def test_minutes_counts_the_minutes_inside(week: Windows) -> None:
    assert week.minutes == len(minutes_of(week))


@pytest.mark.parametrize(
    ("text", "window", "expected"),
    [
        ("Mo 06:00-18:00", (480, 480), (120, 120)),
        ("Mo 08:00-16:00", (480, 480), (0, 0)),
        ("Mo 08:00-15:59", (480, 480), None),
        ("Mo 08:00-12:00,12:30-18:00", (480, 480), None),
        ("Su 20:00-08:00", (6 * DAY_MIN + 22 * 60, 480), (120, 120)),
        ("Su 20:00-08:00", (60, 60), (300, 360)),
        ("24/7", (6 * DAY_MIN + 22 * 60, 480), (WEEK_MIN, WEEK_MIN)),
        ("off", (480, 480), None),
    ],
)
def test_around_tells_lead_and_tail_of_the_span(
    text: str, window: tuple[int, int], expected: tuple[int, int] | None
) -> None:
    assert parse_windows(text).around(*window) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mo-Fr 06:00-14:00", "maandag tot vrijdag van 6 tot 14 uur"),
        ("Mo-Fr 06:30-14:15", "maandag tot vrijdag van 6.30 tot 14.15 uur"),
        ("Mo-Su 22:00-06:00", "elke dag van 22 tot 6 uur"),
        ("Mo,We,Fr 08:00-12:00", "maandag, woensdag en vrijdag van 8 tot 12 uur"),
        ("Mo-We,Sa 08:00-12:00", "maandag tot woensdag en zaterdag van 8 tot 12 uur"),
        ("Sa-Su 08:05-24:00", "zaterdag en zondag van 8.05 tot 24 uur"),
        ("Mo 07:00-09:00,16:00-18:00", "maandag van 7 tot 9 uur en van 16 tot 18 uur"),
        (
            "Mo-Fr 06:00-14:00, Sa 08:00-12:00",
            "maandag tot vrijdag van 6 tot 14 uur; zaterdag van 8 tot 12 uur",
        ),
        ("Sa-Su", "zaterdag en zondag de hele dag"),
        ("Mo 10:00-34:00", "van maandag 10 uur tot dinsdag 10 uur"),
        ("Su 10:00-48:00, Tu", "van zondag 10 uur tot woensdag 0 uur"),
        ("24/7", "dag en nacht, elke dag"),
        ("off", "nooit"),
    ],
)
def test_in_words_speaks_dutch(text: str, words: str) -> None:
    assert in_words(parse_windows(text)) == words


@given(weeks)
def test_in_words_can_be_read_back(week: Windows) -> None:
    assert read_words(in_words(week)) == week


def read_words(words: str) -> Windows:
    if words in ("nooit", "dag en nacht, elke dag"):
        return ALWAYS if words != "nooit" else Windows(())
    return Windows(tuple(span for group in words.split("; ") for span in read_group(group)))


def read_group(group: str) -> list[tuple[int, int]]:
    days = "|".join(DAYS_NL)
    long = re.fullmatch(rf"van ({days}) ([\d.]+) uur tot ({days}) ([\d.]+) uur", group)
    if long:
        start = read_day(long[1]) * DAY_MIN + read_hour(long[2])
        end = read_day(long[3]) * DAY_MIN + read_hour(long[4])
        return [(start, (end - start) % WEEK_MIN)]
    named = re.split(r" van | de hele dag", group)[0]
    ranges = [(read_hour(a), read_hour(b)) for a, b in re.findall(r"([\d.]+) tot ([\d.]+)", group)]
    return [
        (day * DAY_MIN + a, b - a if b > a else b - a + DAY_MIN)
        for day in read_days(named)
        for a, b in ranges or [(0, DAY_MIN)]
    ]


def read_days(named: str) -> list[int]:
    if named == "elke dag":
        return list(range(7))
    days: list[int] = []
    for part in re.split(", | en ", named):
        first, *last = part.split(" tot ")
        days += range(read_day(first), read_day(last[0] if last else first) + 1)
    return days


def read_day(name: str) -> int:
    return DAYS_NL.index(name)


def read_hour(text: str) -> int:
    hour, _, minute = text.partition(".")
    return int(hour) * 60 + int(minute or 0)
