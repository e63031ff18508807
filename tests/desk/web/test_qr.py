"""A QR code as a drawing."""

import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from koempel.desk.web.pages.qr import qr_code

ADDRESS = "https://koempel.invalid/bonnen/?code=LAMP-4837-TK"


def test_drawing_has_every_dark_square_and_no_other():
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(ADDRESS)
    dark = {
        (x, y)
        for y, row in enumerate(code.get_matrix())
        for x, is_dark in enumerate(row)
        if is_dark
    }

    drawing = qr_code(ADDRESS, label="Bon")

    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing)}
    assert drawn == dark


def test_drawing_has_words_for_who_does_not_see_it_and_no_style():
    drawing = qr_code(ADDRESS, label='Bon "LAMP"')

    assert 'role="img" aria-label="Bon &quot;LAMP&quot;"' in drawing
    assert "style" not in drawing
