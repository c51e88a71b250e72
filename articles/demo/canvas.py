"""What the demo's pictures are drawn on and of: skies, hills, water, light, mist and grain."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

type Colour = tuple[int, int, int]
type Points = list[tuple[float, float]]

WIDTH, HEIGHT = 1600, 1067
# Drawn twice as large and made smaller, which smooths every edge.
FINE = 2


class Canvas:
    """A picture being drawn, in units of the finished one."""

    def __init__(self, sky: list[tuple[float, Colour]]) -> None:
        self.image = gradient(sky).resize((WIDTH * FINE, HEIGHT * FINE), Image.Resampling.BILINEAR)

    def polygon(self, points: Iterable[tuple[float, float]], colour: Colour, *, opacity: float = 1) -> None:
        scaled = [(x * FINE, y * FINE) for x, y in points]
        ImageDraw.Draw(self.image, "RGBA").polygon(scaled, fill=(*colour, round(255 * opacity)))

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, *, opacity: float = 1) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, opacity=opacity)

    def line(
        self, points: Sequence[tuple[float, float]], colour: Colour, *, width: float = 1, opacity: float = 1
    ) -> None:
        scaled = [(x * FINE, y * FINE) for x, y in points]
        ImageDraw.Draw(self.image, "RGBA").line(
            scaled, fill=(*colour, round(255 * opacity)), width=max(1, round(width * FINE)), joint="curve"
        )

    def disc(self, x: float, y: float, radius: float, colour: Colour, *, tall: float = 1, opacity: float = 1) -> None:
        box = [(x - radius) * FINE, (y - radius * tall) * FINE, (x + radius) * FINE, (y + radius * tall) * FINE]
        ImageDraw.Draw(self.image, "RGBA").ellipse(box, fill=(*colour, round(255 * opacity)))

    def glow(self, x: float, y: float, radius: float, colour: Colour, *, strength: float = 0.6) -> None:
        """Light around a lamp or a low sun."""
        size = round(radius * 2 * FINE)
        light = (
            Image.radial_gradient("L").resize((size, size)).point(lambda v: round(max(0, 255 - v * 1.42) * strength))
        )
        self.image.paste(colour, (round((x - radius) * FINE), round((y - radius) * FINE)), light)

    def haze(self, top: float, bottom: float, colour: Colour, *, strength: float) -> None:
        """Mist that thickens towards the bottom of a band."""
        height = round((bottom - top) * FINE)
        veil = Image.linear_gradient("L").resize((WIDTH * FINE, height)).point(lambda v: round(v * strength))
        self.image.paste(colour, (0, round(top * FINE)), veil)

    def reflect(self, shore: float, *, dim: float, tint: Colour) -> None:
        """Water below the shore: what stands above it, upside down, darker and unquiet."""
        y = round(shore * FINE)
        depth = self.image.height - y
        mirror = self.image.crop((0, max(0, y - depth), self.image.width, y)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        mirror = mirror.resize((WIDTH // 4, depth // 6)).filter(ImageFilter.GaussianBlur(1.6))
        mirror = mirror.resize((self.image.width, depth), Image.Resampling.BICUBIC)
        self.image.paste(Image.blend(mirror, Image.new("RGB", mirror.size, tint), dim), (0, y))

    def ripples(self, rng: Random, top: float, colour: Colour, *, count: int, opacity: float = 0.12) -> None:
        for _ in range(count):
            depth = rng.random() ** 1.6
            y = top + 6 + depth * (HEIGHT - top)
            x, length = rng.uniform(-80, WIDTH), rng.uniform(20, 90) * (0.4 + 2.4 * depth)
            self.line([(x, y), (x + length, y)], colour, width=0.6 + 1.6 * depth, opacity=opacity * rng.uniform(0.4, 1))

    def finished(self, rng: Random) -> Image.Image:
        """Made smaller, with the grain of film and a darker edge."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        grain = Image.frombytes("L", (WIDTH, HEIGHT), rng.randbytes(WIDTH * HEIGHT)).filter(
            ImageFilter.GaussianBlur(0.9)
        )
        grain = grain.point(lambda v: round(128 + (v - 128) * 0.85)).convert("RGB")
        picture = Image.blend(picture, ImageChops.overlay(picture, grain), 0.3)
        edge = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(lambda v: round(255 - max(0, v - 110) * 0.5))
        return ImageChops.multiply(picture, edge.convert("RGB"))


def gradient(stops: list[tuple[float, Colour]]) -> Image.Image:
    """A column of colours from the top (0) to the bottom (1)."""
    column = []
    for n in range(256):
        at = n / 255
        below = next((s for s in stops if s[0] >= at), stops[-1])
        above = next((s for s in reversed(stops) if s[0] <= at), stops[0])
        share = 0 if below[0] == above[0] else (at - above[0]) / (below[0] - above[0])
        column.append(mix(above[1], below[1], share))
    strip = Image.new("RGB", (1, 256))
    strip.putdata(column)
    return strip.resize((8, HEIGHT), Image.Resampling.BICUBIC)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ridge(rng: Random, level: float, rise: float, *, rough: float = 0.52, steps: int = 8) -> Points:
    """A line of hills from the left edge to the right: each half of a half a little displaced."""
    heights = [rng.uniform(-rise, rise) * 0.5, rng.uniform(-rise, rise) * 0.5]
    for _ in range(steps):
        between = [(a + b) / 2 + rng.uniform(-rise, rise) for a, b in pairwise(heights)]
        heights = [h for pair in zip(heights, between, strict=False) for h in pair] + [heights[-1]]
        rise *= rough
    return [(n * WIDTH / (len(heights) - 1), level - h) for n, h in enumerate(heights)]


def land(line: Points, bottom: float = HEIGHT) -> Points:
    """The ground under a line of hills."""
    return [*line, (WIDTH, bottom), (0, bottom)]


def hills(canvas: Canvas, rng: Random, levels: list[tuple[float, float, Colour]], mist: Colour) -> None:
    """Hills behind hills, each nearer one darker, with mist between them."""
    for level, rise, colour in levels:
        canvas.polygon(land(ridge(rng, level, rise)), colour)
        canvas.haze(level - 10, level + 170, mist, strength=0.34)
