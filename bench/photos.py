"""How long cleaning a phone's photo takes, as a ratio to Pillow's plain `open` and `save` of the same file."""

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageFilter

from bench.apparatus.clock import always, medians, tell
from photos.cleaning import clean

ROUNDS = 5


def main() -> None:
    """Print both times and their ratio."""
    body = phone_photo()
    took = medians(
        {
            "plain save": always(lambda: Image.open(io.BytesIO(body)).save(io.BytesIO(), "JPEG")),
            "cleaned": always(lambda: clean(io.BytesIO(body))),
        },
        rounds=ROUNDS,
        warm=1,
    )
    tell("a phone's photo, with twelve renditions", took, "cleaned", "plain save")


def phone_photo() -> bytes:
    """Twelve megapixels with soft shapes and some grain, about 4 MB."""
    size = (4032, 3024)
    light = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, 60)
    picture = Image.merge("RGB", (light, Image.blend(light, grain, 0.15), grain.filter(ImageFilter.GaussianBlur(2))))
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=92)
    return body.getvalue()


if __name__ == "__main__":
    main()
