"""The demo paper's photos: drawings, and credited as such."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from articles.demo.pictures import draw
from photos.cleaning import CleanPicture, clean
from photos.dates import Precision
from photos.models import Photo
from photos.uploading import keep_photo
from sources.models import Place
from staff.models import User

CREDIT_EN, CREDIT_KO = "Drawing for the demo", "시연용 그림"


@dataclass(frozen=True)
class Print:
    """A picture as it is filed: where it claims to be, and when as far as the reader is told."""

    scene: str
    place: str
    taken: dt.date
    told: Precision
    also_taken: dt.date | None = None
    also_told: Precision = Precision.WITHHELD


DAY, MONTH, YEAR, WITHHELD = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.WITHHELD
PRINTS = {
    "Market street at dusk": Print("market", "Ryanggang Province", dt.date(2025, 9, 1), MONTH),
    "Riverside, before": Print("riverside before", "Hoeryong", dt.date(2023, 4, 1), MONTH),
    "Riverside, after": Print("riverside after", "Hoeryong", dt.date(2025, 9, 14), DAY),
    "Freight on the bridge": Print("bridge", "Sinuiju", dt.date(2023, 5, 5), DAY, dt.date(2023, 6, 1), MONTH),
    "Valley in winter": Print("winter", "North Hamgyong Province", dt.date(2024, 1, 1), YEAR),
    "Terraces": Print("terraces", "South Hwanghae Province", dt.date(2025, 5, 28), DAY),
    "Fields from above": Print("plots", "North Hwanghae Province", dt.date(2025, 8, 1), WITHHELD),
}


def file_all() -> int:
    """Draws and files what is not in the album yet, and says how many that were."""
    lacking = [name for name in PRINTS if not Photo.objects.filter(name=name).exists()]
    by = User.objects.get(username="photo")
    # Encoding takes longest, and two at a time use two processors; the rows are written one by one.
    with ThreadPoolExecutor(2) as hands:
        for name, (file, picture) in zip(lacking, hands.map(_developed, lacking), strict=True):
            photo = Photo(name=name, credit_en=CREDIT_EN, credit_ko=CREDIT_KO, **_words(PRINTS[name]))
            keep_photo(photo, file, picture, by=by)
    return len(lacking)


def _developed(name: str) -> tuple[BytesIO, CleanPicture]:
    file = draw(PRINTS[name].scene)
    return file, clean(file)


def _words(each: Print) -> dict[str, object]:
    return {
        "place": Place.objects.get(name_en=each.place),
        "taken_on": each.taken,
        "taken_precision": each.told,
        "also_taken_on": each.also_taken,
        "also_taken_precision": each.also_told,
    }
