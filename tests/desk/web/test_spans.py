"""Stretches of days over the months, as a drawing."""

import re
from datetime import date

from koempel.desk.web.pages.spans import Bar, Mark, Row, spans
from koempel.desk.web.pages.values import Tone

LIO = Row(
    name="Lio <b>",
    note="gat tot 9 dagen",
    tone=Tone.BAD,
    upper=[Bar(date(2026, 11, 16), date(2026, 12, 31), Mark.HERE)],
    lower=[Bar(date(2027, 1, 10), date(2027, 1, 20), Mark.NEXT)],
)


def drawn(rows, first=date(2026, 11, 16)):
    return spans(rows, first=first, caption="Plaatsen")


def test_bars_lie_between_their_days_on_the_scale_of_the_months():
    found = re.findall(
        r'rect class="([\w -]+)" x="([\d.]+)" y="\d+" width="([\d.]+)"', drawn([LIO])
    )

    # November, December and January are 92 days over 632 units, from 168 on.
    day = 632 / 92
    expected = [("f-care", 15, 46), ("f-soft", 70, 11)]
    assert found == [
        (mark, f"{168 + start * day:.1f}", f"{length * day:.1f}")
        for mark, start, length in expected
    ]


def test_every_month_that_is_drawn_has_its_name():
    assert re.findall(r'y="12">(\w+)<', drawn([LIO])) == ["nov", "dec", "jan"]


def test_drawing_stops_after_a_year_and_a_half():
    endless = Row("Bo", "", Tone.GOOD, [Bar(date(2026, 11, 1), date(2040, 1, 1), Mark.HERE)], [])

    assert len(re.findall(r'y="12">', drawn([endless]))) == 18


def test_names_are_escaped_and_words_stand_for_the_drawing():
    drawing = drawn([LIO])

    assert "Lio &lt;b&gt;" in drawing
    assert 'role="img" aria-label="Plaatsen. De tabel eronder heeft dezelfde dagen."' in drawing


def test_row_that_ended_before_today_is_no_fault():
    past = Row("Bo", "", Tone.GOOD, [Bar(date(2026, 1, 1), date(2026, 2, 1), Mark.HERE)], [])

    assert re.findall(r'y="12">(\w+)<', drawn([past])) == ["nov"]
