"""The stories of the demo paper, one a file, in the order in which they are made: later ones link to earlier ones."""

from articles.demo.stories import (
    amnok_ice,
    chongjin_books,
    chongjin_books_english,
    hamhung_bicycles,
    hoeryong_riverside,
    hoeryong_riverside_english,
    hwanghae_terraces,
    hyesan_rice,
    hyesan_solar,
    month_of_prices,
    musan_batteries,
    pyongsong_quilts,
    pyongyang_flowers,
    pyongyang_trams,
    ryanggang_potatoes,
    sinuiju_freight,
)

STORIES = tuple(
    each.STORY
    for each in (
        hyesan_rice,
        chongjin_books,
        chongjin_books_english,
        month_of_prices,
        hoeryong_riverside,
        hoeryong_riverside_english,
        musan_batteries,
        sinuiju_freight,
        hamhung_bicycles,
        pyongyang_trams,
        hwanghae_terraces,
        ryanggang_potatoes,
        pyongsong_quilts,
        amnok_ice,
        hyesan_solar,
        pyongyang_flowers,
    )
)
