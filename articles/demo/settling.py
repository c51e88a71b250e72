"""Says what each sentence of a demo story states: a fact by its snippets, and nothing where no words claim anything."""

from collections.abc import Iterable, Sequence

from django.core.management.base import CommandError

from articles.coverage import coverage_of
from articles.covering import Sentence, cover, sentences_in
from articles.models import Article, Fact

# A fact and the snippets by which the sentences that state it are found.
Told = tuple[Fact, Sequence[str]]


def settle(article: Article, told: Iterable[Told], *, gaps: bool) -> None:
    """Ties each fact to its sentences; the author marks what is left as context.

    A sentence that claims something and states no fact stops the demo, unless the story may have ``gaps``.
    """
    sentences = sentences_in(coverage_of(article))
    rounds = _rounds(article, told, sentences) or [{}]
    tied = {key for ties in rounds for key in ties}
    rest = [sentence for sentence in sentences if sentence.key not in tied]
    if claims := [sentence.text for sentence in rest if sentence.claim and not gaps]:
        raise CommandError(f"{article.headline}: no fact states “{claims[0]}”.")
    rounds[0] |= {sentence.key: "context" for sentence in rest if not sentence.claim}
    for ties in rounds:
        cover(article, ties, by=article.created_by)


def _rounds(article: Article, told: Iterable[Told], sentences: list[Sentence]) -> list[dict[str, str]]:
    """The ties in as few acts as can be: one act says one thing of a sentence, and all that a fact is tied to.

    A fact that is tied further in a second act would get a second wording.
    """
    rounds: list[dict[str, str]] = []
    for fact, snippets in told:
        keys = {_one(article, snippet, sentences).key for snippet in snippets}
        free = next((ties for ties in rounds if not keys & ties.keys()), None)
        if free is None:
            rounds.append(free := {})
        free.update(dict.fromkeys(keys, f"fact {fact.pk}"))
    return rounds


def _one(article: Article, snippet: str, sentences: list[Sentence]) -> Sentence:
    found = [sentence for sentence in sentences if snippet in sentence.text]
    if len(found) != 1:
        raise CommandError(f"{article.headline}: “{snippet}” stands in {len(found)} sentences and has to stand in one.")
    return found[0]
