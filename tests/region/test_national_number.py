import pytest

from koempel.region.national_number import looks_like_insz

SAMPLES = ["85.07.30-033.28", "17.07.30-033.84", "98.47.28-997.65", "01.49.07-001.85"]
"""Published sample numbers: national, national since 2000, and two BIS numbers."""


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize(
    "shape",
    [
        "{dotted}",
        "{bare}",
        "{spaced}",
        "{dashed}",
        "INSZ: {dotted}.",
        "P{bare}B",
        "3550 {dotted}",
        "{dotted} 3550",
        "tel 011 00 00 00, nr {spaced} (nieuw)",
    ],
)
def test_guard_finds_a_number_in_every_shape(number: str, shape: str) -> None:
    bare = "".join(sign for sign in number if sign.isdigit())
    spaced = " ".join([bare[:2], bare[2:4], bare[4:6], bare[6:9], bare[9:]])
    dashed = f"{bare[:6]}\N{EN DASH}{bare[6:9]}\N{NO-BREAK SPACE}{bare[9:]}"
    assert looks_like_insz(shape.format(dotted=number, bare=bare, spaced=spaced, dashed=dashed))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P-00041",
        "0403.019.261",
        "85.07.30-033.29",
        "185.07.30-033.28",
        "85073003328" + "1",
        "9112 9333 5223",
        "2027-01-04 14:30",
        "De Heidebloem, hal 3",
    ],
)
def test_guard_leaves_other_text_alone(text: str) -> None:
    assert not looks_like_insz(text)
