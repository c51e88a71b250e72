"""Pictures for the demo, drawn by arithmetic: no photograph, no place, nobody's camera.

Each scene draws itself from a fixed seed, so that every installation shows the same ones.
"""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from random import Random

from PIL import Image

from articles.demo.canvas import HEIGHT, WIDTH, Canvas, Colour, Points, hills, land, mix, ridge


def market() -> Image.Image:
    """A market street at dusk: awnings, lamps, sacks and baskets."""
    rng = Random(11)
    canvas = Canvas(
        [
            (0, (58, 66, 92)),
            (0.28, (128, 108, 118)),
            (0.46, (222, 160, 118)),
            (0.56, (240, 196, 150)),
            (1, (88, 70, 66)),
        ]
    )
    hills(canvas, rng, [(470, 60, (132, 112, 122)), (520, 42, (104, 86, 98)), (560, 24, (80, 66, 78))], (226, 176, 146))
    for x in range(-40, WIDTH, 118):  # roofs behind the stalls
        top = 560 + rng.uniform(-16, 20)
        canvas.polygon([(x, top + 34), (x + 22, top), (x + 112, top), (x + 134, top + 34)], (58, 48, 56))
        canvas.box(x + 8, top + 34, 118, 160, (70, 58, 62))
    canvas.polygon([(0, 720), (WIDTH, 690), (WIDTH, HEIGHT), (0, HEIGHT)], (74, 62, 60))
    canvas.haze(690, HEIGHT, (52, 42, 44), strength=0.7)
    for row, (y, size, stalls) in enumerate([(640, 0.72, 9), (724, 1.0, 7), (838, 1.42, 5)]):
        for n in range(stalls):
            _stall(canvas, rng, (n + 0.15 + 0.5 * (row % 2)) * WIDTH / stalls - 60, y, size)
    return canvas.finished(rng)


def _stall(canvas: Canvas, rng: Random, x: float, y: float, size: float) -> None:
    cloth = rng.choice([(150, 64, 54), (62, 92, 108), (176, 136, 72), (92, 104, 78), (122, 88, 104)])
    width, drop = 190 * size, 54 * size
    canvas.box(x + 8 * size, y, 5 * size, 120 * size, (44, 36, 36))
    canvas.box(x + width - 12 * size, y, 5 * size, 120 * size, (44, 36, 36))
    canvas.box(x, y + 70 * size, width, 56 * size, mix((92, 72, 58), (40, 32, 34), rng.random() * 0.5))
    for n in range(7):  # what lies on the table
        at = x + (14 + n * 26) * size
        goods = rng.choice([(206, 188, 150), (184, 92, 62), (122, 132, 74), (222, 206, 176), (142, 104, 74)])
        canvas.disc(at, y + 68 * size, 13 * size, mix(goods, (60, 46, 44), 0.25), tall=0.72)
    if rng.random() < 0.8:  # who stands behind it
        at = x + width * rng.uniform(0.3, 0.7)
        canvas.polygon(
            [
                (at - 17 * size, y + 72 * size),
                (at - 12 * size, y + 22 * size),
                (at + 12 * size, y + 22 * size),
                (at + 17 * size, y + 72 * size),
            ],
            (38, 34, 42),
        )
        canvas.disc(at, y + 12 * size, 9.5 * size, (46, 38, 42), tall=1.15)
    left, right = x - 12 * size, x + width + 12 * size
    for n in range(8):
        a, b = left + (right - left) * n / 8, left + (right - left) * (n + 1) / 8
        top_a, top_b = a * 0.86 + (x + width / 2) * 0.14, b * 0.86 + (x + width / 2) * 0.14
        shade = mix(cloth, (228, 208, 182), 0.72) if n % 2 else cloth
        canvas.polygon([(top_a, y - drop), (top_b, y - drop), (b, y), (a, y)], mix(shade, (70, 54, 58), 0.3))
    lamp = (x + width * rng.uniform(0.35, 0.65), y + 16 * size)
    canvas.glow(*lamp, 120 * size, (255, 206, 132), strength=0.5)
    canvas.disc(*lamp, 5 * size, (255, 240, 206))


def riverside(*, rebuilt: bool) -> Image.Image:
    """A town on a river: rows of low houses, or the flats that stand there afterwards."""
    rng = Random(23)
    if rebuilt:
        canvas = Canvas([(0, (120, 152, 186)), (0.4, (188, 204, 212)), (0.6, (232, 222, 204)), (1, (232, 222, 204))])
        slopes: list[tuple[float, float, Colour]] = [
            (430, 74, (134, 152, 158)),
            (500, 52, (104, 126, 116)),
            (560, 30, (84, 106, 84)),
        ]
    else:
        canvas = Canvas([(0, (92, 104, 132)), (0.4, (164, 164, 172)), (0.6, (216, 196, 180)), (1, (216, 196, 180))])
        slopes = [(430, 74, (138, 138, 148)), (500, 52, (116, 112, 112)), (560, 30, (104, 92, 80))]
    hills(canvas, rng, slopes, (226, 216, 204))
    shore = 716
    canvas.polygon([(0, 640), (WIDTH, 612), (WIDTH, shore), (0, shore)], (108, 116, 84) if rebuilt else (118, 104, 88))
    town = Random(5)
    if rebuilt:
        for n in range(9):
            x, floors = 60 + n * 172 + town.uniform(-14, 14), town.choice([5, 5, 6, 7])
            _flats(canvas, town, x, 690 - (n % 2) * 26, floors)
    else:
        for row in range(4):
            for n in range(15):
                _house(
                    canvas, town, n * 112 - 30 + row % 2 * 50 + town.uniform(-12, 12), 632 + row * 22, 0.7 + row * 0.12
                )
    for x in range(0, WIDTH, 46):  # trees along the bank
        at, tall = x + town.uniform(-16, 16), town.uniform(18, 40)
        canvas.line([(at, shore), (at, shore - tall)], (62, 54, 46), width=2.4)
        if rebuilt:
            canvas.disc(at, shore - tall, 14, mix((84, 108, 68), (120, 136, 88), town.random()), tall=1.3, opacity=0.9)
        else:
            for lean in (-9, -4, 5, 10):
                canvas.line([(at, shore - tall * 0.5), (at + lean, shore - tall * 1.25)], (72, 62, 54), width=1)
    canvas.reflect(shore, dim=0.34, tint=(74, 94, 112) if rebuilt else (84, 88, 100))
    canvas.box(0, shore - 3, WIDTH, 7, (150, 140, 120) if rebuilt else (96, 86, 76))
    canvas.ripples(rng, shore, (236, 232, 222), count=260)
    return canvas.finished(rng)


def _flats(canvas: Canvas, rng: Random, x: float, ground: float, floors: int) -> None:
    wall = rng.choice([(226, 208, 178), (206, 186, 168), (188, 202, 200), (224, 190, 160), (204, 204, 188)])
    width, height = 132, floors * 27 + 12
    canvas.box(x, ground - height, width, height, wall)
    canvas.box(x + width, ground - height + 6, 26, height - 6, mix(wall, (70, 74, 88), 0.45))
    canvas.box(x - 4, ground - height - 7, width + 34, 8, mix(wall, (110, 84, 72), 0.6))
    for floor in range(floors):
        for n in range(6):
            pane = (252, 226, 164) if rng.random() < 0.14 else mix((86, 104, 122), (132, 148, 158), rng.random())
            canvas.box(x + 9 + n * 20.4, ground - height + 11 + floor * 27, 12, 14, pane)
        canvas.box(x, ground - height + 28 + floor * 27, width, 2, mix(wall, (110, 100, 96), 0.3))


def _house(canvas: Canvas, rng: Random, x: float, y: float, size: float) -> None:
    wall = mix((196, 184, 164), (150, 132, 118), rng.random())
    roof = rng.choice([(104, 84, 76), (92, 88, 92), (120, 92, 72), (82, 78, 80)])
    canvas.box(x, y, 78 * size, 30 * size, wall)
    canvas.polygon(
        [(x - 7 * size, y + 3), (x + 12 * size, y - 19 * size), (x + 66 * size, y - 19 * size), (x + 85 * size, y + 3)],
        roof,
    )
    canvas.box(x + 14 * size, y + 10 * size, 11 * size, 10 * size, (70, 72, 80))
    canvas.box(x + 48 * size, y + 8 * size, 11 * size, 22 * size, (92, 74, 62))
    canvas.box(x + 60 * size, y - 31 * size, 6 * size, 14 * size, (92, 82, 78))
    if rng.random() < 0.3:
        canvas.glow(x + 63 * size, y - 44 * size, 20 * size, (214, 208, 204), strength=0.28)


def bridge() -> Image.Image:
    """Freight wagons on a truss bridge over a wide river, at sunset."""
    rng = Random(37)
    canvas = Canvas(
        [
            (0, (66, 84, 118)),
            (0.3, (142, 132, 146)),
            (0.5, (236, 176, 128)),
            (0.62, (250, 214, 160)),
            (1, (250, 214, 160)),
        ]
    )
    canvas.glow(1130, 560, 420, (255, 232, 186), strength=0.85)
    canvas.disc(1130, 566, 34, (255, 246, 222))
    hills(
        canvas, rng, [(560, 48, (170, 138, 138)), (610, 34, (130, 106, 116)), (648, 20, (96, 80, 94))], (244, 204, 164)
    )
    iron, deck = (46, 42, 54), 520
    for n in range(9):
        x = n * 200 - 20
        canvas.polygon([(x - 13, deck), (x + 13, deck), (x + 21, 710), (x - 21, 710)], (64, 56, 64))
        peak = [(x, deck), (x + 28, deck - 92), (x + 172, deck - 92), (x + 200, deck)]
        canvas.line(peak, iron, width=6)
        for step in range(5):
            a = x + step * 40
            canvas.line([(a, deck), (a + 20, deck - 92 if 0 < step < 4 else deck - 60), (a + 40, deck)], iron, width=3)
    for n in range(11):  # the train
        x, body = 70 + n * 118, rng.choice([(92, 58, 52), (70, 74, 86), (104, 86, 66), (62, 66, 60)])
        canvas.box(x, deck - 46, 106, 40, mix(body, (40, 34, 44), 0.35))
        canvas.line([(x - 12, deck - 12), (x, deck - 12)], iron, width=3)
        for wheel in (18, 40, 68, 90):
            canvas.disc(x + wheel, deck - 5, 6, (30, 28, 36))
    canvas.box(0, deck - 4, WIDTH, 15, iron)
    canvas.line([(0, deck - 92 + 4), (WIDTH, deck - 92 + 4)], iron, width=1.4, opacity=0.4)
    canvas.reflect(700, dim=0.24, tint=(88, 78, 96))
    canvas.ripples(rng, 700, (255, 226, 184), count=340, opacity=0.2)
    bank = ridge(rng, 1010, 26, steps=7)
    canvas.polygon(land(bank), (40, 36, 42))
    for _ in range(420):  # reeds
        foot = rng.uniform(0, WIDTH)
        ground = bank[min(len(bank) - 1, round(foot / WIDTH * (len(bank) - 1)))][1]
        canvas.line(
            [(foot, ground + 6), (foot + rng.uniform(-9, 14), ground - rng.uniform(18, 74))], (38, 34, 38), width=1.2
        )
    return canvas.finished(rng)


def winter() -> Image.Image:
    """A snowed-in valley under a ridge, with a mast and a few lit windows."""
    rng = Random(53)
    canvas = Canvas([(0, (86, 106, 142)), (0.35, (146, 164, 190)), (0.58, (226, 222, 224)), (1, (214, 220, 230))])
    for level, rise, colour in [(380, 150, (112, 128, 164)), (500, 104, (142, 156, 186))]:
        line = ridge(rng, level, rise, rough=0.56)
        canvas.polygon(land(line), colour)
        for (x, y), (next_x, next_y) in pairwise(line):  # the side in the light
            if next_y > y:
                lean = rng.uniform(20, 64)
                canvas.polygon(
                    [(x, y), (next_x, next_y), (next_x + 16, next_y + lean), (x + 9, y + lean * 0.7)],
                    (228, 232, 240),
                    opacity=0.62,
                )
        canvas.haze(level, level + 220, (222, 226, 234), strength=0.55)
    slope = ridge(rng, 690, 40, rough=0.46)
    canvas.polygon(land(slope), (222, 228, 238))
    for _ in range(520):  # larches
        x = rng.uniform(0, WIDTH)
        y = slope[min(len(slope) - 1, round(x / WIDTH * (len(slope) - 1)))][1] + rng.uniform(-4, 46) * rng.random()
        tall = rng.uniform(14, 46)
        canvas.polygon(
            [(x - tall * 0.17, y), (x, y - tall), (x + tall * 0.17, y)],
            mix((66, 78, 88), (112, 122, 136), rng.random()),
            opacity=0.85,
        )
    canvas.haze(700, HEIGHT, (240, 243, 248), strength=0.9)
    mast = 1236
    for side in (-1, 1):
        canvas.line([(mast + side * 15, 800), (mast + side * 2, 470)], (54, 58, 70), width=2.4)
    for n in range(12):
        y = 800 - n * 28
        half = 15 - 13 * n / 12
        canvas.line([(mast - half, y), (mast + half - 1, y - 28)], (54, 58, 70), width=1.2)
    canvas.line([(0, 612), (420, 640), (mast, 520)], (70, 74, 86), width=1, opacity=0.6)
    for n in range(13):
        x, y, size = 210 + n * 92 + rng.uniform(-18, 18), 812 + (n * 37 % 3) * 34, 0.9 + (n * 37 % 3) * 0.22
        canvas.box(x, y, 62 * size, 26 * size, (142, 132, 132))
        canvas.polygon(
            [
                (x - 6 * size, y + 3),
                (x + 13 * size, y - 21 * size),
                (x + 50 * size, y - 21 * size),
                (x + 68 * size, y + 3),
            ],
            (246, 248, 251),
        )
        canvas.box(x + 12 * size, y + 9 * size, 9 * size, 8 * size, (255, 214, 142) if n % 3 else (84, 88, 100))
        if n % 3:
            canvas.glow(x + 16 * size, y + 13 * size, 34 * size, (255, 214, 150), strength=0.4)
    for _ in range(900):
        depth = rng.random()
        canvas.disc(
            rng.uniform(0, WIDTH),
            rng.uniform(0, HEIGHT),
            0.7 + 1.9 * depth**3,
            (255, 255, 255),
            opacity=0.3 + 0.4 * depth,
        )
    return canvas.finished(rng)


def terraces() -> Image.Image:
    """Terraced fields that follow the hill, some under water."""
    rng = Random(71)
    canvas = Canvas([(0, (156, 184, 204)), (0.2, (206, 218, 214)), (0.34, (238, 232, 208)), (1, (238, 232, 208))])
    hills(canvas, rng, [(270, 66, (148, 166, 166)), (330, 50, (118, 144, 128))], (228, 228, 212))
    line = ridge(rng, 372, 58, rough=0.4, steps=6)
    for n in range(22):
        share = n / 21
        line = [(x, y + 13 + 31 * share + 4 * share * (1 if (x // 260 + n) % 2 else -1)) for x, y in line]
        green = mix((130, 152, 96), (92, 124, 66), share)
        field = rng.choice(
            [
                green,
                mix(green, (196, 186, 112), 0.5),
                mix(green, (152, 178, 188), 0.72),
                mix(green, (120, 96, 72), 0.35),
            ]
        )
        canvas.polygon(land(line), field)
        canvas.line([(x, y + 1.5) for x, y in line], mix(field, (58, 52, 36), 0.55), width=2 + 4 * share)
        canvas.line(
            [(x, y + 5 + 4 * share) for x, y in line],
            mix(field, (244, 240, 208), 0.35),
            width=1 + 1.4 * share,
            opacity=0.6,
        )
        for _ in range(round(26 + 30 * share)):  # rows of seedlings
            at = rng.randrange(len(line))
            x, y = line[at][0] + rng.uniform(-20, 20), line[at][1] + 11 + 13 * share
            canvas.line(
                [(x, y), (x + rng.uniform(16, 60), y + rng.uniform(-1, 1))],
                mix(field, (70, 92, 48), 0.5),
                width=1 + share,
                opacity=0.5,
            )
    for x, y in ((388, 742), (432, 756), (1044, 848), (1096, 838), (1150, 852)):  # people at work
        canvas.polygon([(x - 9, y), (x - 7, y - 24), (x + 10, y - 30), (x + 11, y - 10), (x + 4, y)], (66, 62, 74))
        canvas.disc(x + 14, y - 30, 6.5, (206, 196, 170))
    canvas.haze(250, 560, (240, 236, 218), strength=0.3)
    return canvas.finished(rng)


def plots() -> Image.Image:
    """Fields beside a river, from high above."""
    rng = Random(97)
    canvas = Canvas([(0, (132, 138, 96)), (1, (118, 124, 88))])
    _divide(canvas, rng, [(-120, -60), (WIDTH + 60, -160), (WIDTH + 140, HEIGHT + 80), (-60, HEIGHT + 160)], 7)
    course = [(x, y * 0.9 + 60) for x, y in ridge(Random(8), 560, 210, rough=0.42, steps=7)]
    course = [(-90, course[0][1]), *course, (WIDTH + 90, course[-1][1])]
    canvas.line(course, (206, 194, 160), width=112)
    canvas.line(course, (86, 112, 112), width=78)
    canvas.line([(x, y - 8) for x, y in course], (126, 150, 146), width=30, opacity=0.4)
    road = [(0, 170), (430, 246), (900, 214), (WIDTH, 330)]
    canvas.line(road, (198, 188, 164), width=9)
    for n in range(64):
        share = n / 63
        x, y = 60 + share * 1440 + rng.uniform(-20, 20), 214 + 70 * share + rng.choice([-44, -28, 26, 44])
        canvas.box(
            x,
            y,
            rng.uniform(12, 22),
            rng.uniform(9, 13),
            rng.choice([(172, 106, 88), (150, 150, 152), (190, 178, 158)]),
        )
        canvas.box(x + 3, y + 12, 18, 3, (54, 56, 46), opacity=0.6)
    return canvas.finished(rng)


def _divide(canvas: Canvas, rng: Random, corners: Points, times: int) -> None:
    """Halves a field across its longer side until it is small enough to sow."""
    if times == 0 or (times < 3 and rng.random() < 0.24):
        crop = rng.choice(
            [(150, 152, 92), (110, 130, 78), (182, 168, 112), (134, 112, 84), (94, 116, 74), (168, 146, 104)]
        )
        canvas.polygon(corners, mix(crop, (128, 128, 100), rng.random() * 0.4))
        a, b, c, d = corners
        for n in range(1, 12):  # furrows
            share = n / 12
            canvas.line(
                [_between(a, b, share), _between(d, c, share)], mix(crop, (60, 58, 42), 0.5), width=1, opacity=0.28
            )
        canvas.line([*corners, a], (86, 84, 62), width=2.2, opacity=0.8)
        return
    a, b, c, d = corners
    cut, other = rng.uniform(0.38, 0.62), rng.uniform(0.38, 0.62)
    if _apart(a, b) + _apart(c, d) > _apart(b, c) + _apart(d, a):
        e, f = _between(a, b, cut), _between(d, c, other)
        halves: tuple[Points, Points] = ([a, e, f, d], [e, b, c, f])
    else:
        e, f = _between(b, c, cut), _between(a, d, other)
        halves = ([a, b, e, f], [f, e, c, d])
    for half in halves:
        _divide(canvas, rng, half, times - 1)


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


SCENES: dict[str, Callable[[], Image.Image]] = {
    "market": market,
    "riverside before": lambda: riverside(rebuilt=False),
    "riverside after": lambda: riverside(rebuilt=True),
    "bridge": bridge,
    "winter": winter,
    "terraces": terraces,
    "plots": plots,
}


def draw(scene: str) -> BytesIO:
    """A scene as a camera would hand it over: a JPEG file."""
    file = BytesIO()
    SCENES[scene]().save(file, "JPEG", quality=92)
    file.seek(0)
    return file
