"""How well a text is cut into sentences and its claims are found, on the labelled corpus, and how long 1,000 words take."""
# ruff: noqa: E402 - the places come from the demo, whose module knows the models.

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"

import django

django.setup()

from articles.claims import claims_in
from articles.sentences import Language, sentences
from bench.apparatus.clock import always, medians
from tests.labelled import FILES, blocks, known_names, score_borders, score_claims, share_of_right_kinds

ROUNDS = 40


def main() -> None:
    """Print precision and recall by file, the held-out ones too, and the time by language."""
    for name, language in FILES.items():
        tell_scores(name)
        tell_time(name, language)


def tell_scores(name: str) -> None:
    """Two lines: borders between sentences, and claims among sentences cut by hand."""
    for what, score in (("borders", score_borders(name)), ("claims", score_claims(name))):
        print(f"{name}, {what} ({score.there}): precision {score.precision:.3f}, recall {score.recall:.3f}", end="")
        print(f", of the right kind {share_of_right_kinds(name):.3f}" if what == "claims" else f", F1 {score.f1:.3f}")


def tell_time(name: str, language: Language) -> None:
    """One line: milliseconds for 1,000 words, cutting alone and with the claims of each sentence."""
    texts, names = [block.text for block in blocks(name)], known_names()
    words = sum(len(text.split()) for text in texts)

    def cut() -> None:
        for text in texts:
            sentences(text, language)

    def claims() -> None:
        for text in texts:
            claims_in(sentences(text, language), language, names=names)

    took = medians({"cutting": always(cut), "with claims": always(claims)}, rounds=ROUNDS)
    figures = ", ".join(f"{side} {seconds / words * 1e6:.1f} ms" for side, seconds in took.items())
    print(f"{name}, 1,000 words: {figures}", flush=True)


if __name__ == "__main__":
    main()
