"""How long cleaning a phone's photo takes, as a ratio to Pillow's plain `open` and `save` of the same file.

Run it with `python -m bench.photos`. The ratio is what counts: the machine's speed cancels out.
"""

import io
import statistics
import time
from collections.abc import Callable

from PIL import Image, ImageFilter

from photos.cleaning import clean

RUNS = 5


def phone_photo() -> bytes:
    """Twelve megapixels with soft shapes and some grain, about 4 MB."""
    size = (4032, 3024)
    light = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, 60)
    picture = Image.merge("RGB", (light, Image.blend(light, grain, 0.15), grain.filter(ImageFilter.GaussianBlur(2))))
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=92)
    return body.getvalue()


def seconds(act: Callable[[], object]) -> float:
    """The median of a few runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print both times and their ratio."""
    body = phone_photo()
    plain = seconds(lambda: Image.open(io.BytesIO(body)).save(io.BytesIO(), "JPEG"))
    cleaned = seconds(lambda: clean(io.BytesIO(body)))
    print(f"plain save {plain:.2f} s, cleaned with twelve renditions {cleaned:.2f} s, ratio {cleaned / plain:.1f}")


if __name__ == "__main__":
    main()
