"""What the gate costs: the same acts with its triggers and without them, and its answers in a small paper and a large one.

On scratch databases, committed, through the desk's own acts and role. The side without triggers is a copy of the same
database in which the owner switched them off; foreign keys and constraints hold on both.
"""
# ruff: noqa: E402 - models are imported once Django stands.

import datetime as dt
import io
import itertools
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from PIL import Image

from articles import confirming
from articles.models import Article, Fact, Figure
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.recording import record
from articles.signing import sign_off
from bench.apparatus import archive
from bench.apparatus.clock import Prepare, medians, tell
from bench.apparatus.scratch import Lines, past_the_law, switch_triggers_off, twin
from photos.models import Photo
from photos.uploading import upload_photo
from reader.models import PrintedText
from sources.models import Place, Source
from tests import clones
from tests.factories import Desk

FEW, MANY = 100, 20_000
FACTS, FIGURES = archive.FACTS, 3
ROUNDS, WARM = 24, 3
# Each act is done once on a story of its own.
STORIES = ROUNDS + WARM
BODY = "".join(f"<p>{'Rice is dearer in the market than it was in May, a trader said. ' * 5}</p>" for _ in range(12))


class Newsroom:
    """A small newsroom in the database of the default line, with stories ready for what is timed."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.sources = [self.desk.source(), self.desk.source()]
        self.photos = [self._photo(shade) for shade in (70, 110, 150)]
        self.ready = [self._signed(f"Ready {number}") for number in range(STORIES)]
        self.draft = self._story("A draft")
        self.section, self.byline = self.draft.section, self.draft.bylines.get()
        self.printed = [publish(self._signed(f"Printed {number}"), by=self.desk.editor) for number in range(3)]

    def keys(self) -> dict[str, int]:
        """The rows on which the archive hangs its own."""
        place = Place.objects.get(pk=self.sources[0].place_id)
        rows: dict[str, Any] = {
            "reporter": self.desk.reporter,
            "editor": self.desk.editor,
            "place": place,
            "section": self.desk.section,
            "byline": self.desk.byline,
            "policy": self.desk.policy,
        }
        return {name: row.pk for name, row in rows.items()}

    def printed_facts(self) -> list[Fact]:
        """The facts of what is in print."""
        stories = [printed.story for printed in self.printed]
        return list(Fact.objects.filter(article__story__in=stories).order_by("pk"))

    def _signed(self, headline: str) -> Article:
        story = self._story(headline)
        sign_off(ask_for_review(story, by=self.desk.reporter), by=self.desk.editor)
        return story

    def _story(self, headline: str) -> Article:
        story = self.desk.article(headline, body=BODY)
        for number in range(FACTS):
            fact = self.desk.fact(story, f"Rice cost {number} won.", sources=self.sources, confirmed=False)
            confirming.confirm(fact, by=self.desk.editor)
        for number, photo in enumerate(self.photos):
            Figure.objects.create(
                article=story, photo=photo, alt="A street.", caption="A street.", after_paragraph=number * 3
            )
        return story

    def _photo(self, shade: int) -> Photo:
        file = io.BytesIO()
        Image.linear_gradient("L").resize((1840, 1224)).point(lambda light: light * shade // 255).save(file, "JPEG")
        file.seek(0)
        return upload_photo(
            file, by=self.desk.reporter, name="Market", credit_en="Photo: a resident", credit_ko="사진: 주민 제공"
        )


def main() -> None:
    """Print what the triggers cost, act by act, and what a large archive adds."""
    with (
        tempfile.TemporaryDirectory() as media,
        clones.open_server() as server,
        server.clone("few") as few,
    ):
        settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = Path(media, "private"), Path(media, "public")
        with Lines(making=server.address("desk", few)) as lines:
            lines.use("making")
            newsroom = Newsroom()
            facts, keys, words = newsroom.printed_facts(), newsroom.keys(), PrintedText.printed_columns()
        with twin(server, few) as many, twin(server, few) as open_door:
            for name, count in ((few, FEW), (open_door, FEW), (many, MANY)):
                with past_the_law(server, name) as connection:
                    archive.fill(connection, count, words=words, **keys)
            switch_triggers_off(server, open_door)
            addresses = {
                "with": server.address("desk", few),
                "without": server.address("desk", open_door),
                "many": server.address("desk", many),
            }
            with Lines(**addresses) as lines:
                tell_acts(lines, newsroom, facts)
                tell_prolific(lines)
                tell_answers(lines, newsroom)


def tell_acts(lines: Lines, newsroom: Newsroom, facts: list[Fact]) -> None:
    """Each act with triggers, without them, and with them in a large archive."""
    desk = newsroom.desk
    number = itertools.count(1)
    acts: dict[str, tuple[Callable[[Any], object], Iterable[Any]]] = {
        f"saving a draft of {FACTS} facts": (lambda _: save_draft(newsroom, next(number)), itertools.repeat(None)),
        "recording a source's word for a fact in print": (lambda fact: tell_us(desk, newsroom.sources[0], fact), facts),
        "an editor's confirmation of a fact in print": (
            lambda fact: confirming.confirm(fact, by=desk.editor),
            facts,
        ),
        f"publishing {FACTS} facts, {FIGURES} figures": (lambda story: publish(story, by=desk.editor), newsroom.ready),
    }
    for what, (act, stock) in acts.items():
        sides = {name: on(lines, name, act, iter(stock)) for name in ("with", "without", "many")}
        took = medians(sides, rounds=ROUNDS, warm=WARM)
        took = {
            "with the gate": took["with"],
            "without": took["without"],
            f"at {MANY} stories": took["many"],
            f"at {FEW}": took["with"],
        }
        tell(what, took, "with the gate", "without")
        tell(what, took, f"at {MANY} stories", f"at {FEW}")


def on(lines: Lines, name: str, act: Callable[[Any], object], stock: Iterator[Any]) -> Prepare:
    """An act in one of the databases, on the next piece of its stock."""

    def prepare() -> Callable[[], object]:
        line, piece = lines.use(name), next(stock)
        line.ensure_connection()
        return lambda: act(piece)

    return prepare


def save_draft(newsroom: Newsroom, number: int) -> None:
    """A story and its facts, as the desk's form saves them: in one transaction, each fact by its act."""
    reporter = newsroom.desk.reporter
    with transaction.atomic():
        story = Article.objects.create(
            headline="Rice is dearer",
            slug=f"draft-{number}",
            language="en",
            body=BODY,
            section=newsroom.section,
            created_by=reporter,
        )
        story.bylines.add(newsroom.byline)
        story.authors.add(reporter)
        for position in range(FACTS):
            confirming.state(story, f"Rice cost {position} won.", kind="event", by=reporter, position=position)


def tell_us(desk: Desk, source: Source, fact: Fact) -> None:
    """A talk, and what was said in it of a fact."""
    record(
        fact,
        by=desk.reporter,
        talk_date=dt.date(2026, 5, 3),
        talk_medium="call",
        basis="source",
        source=source,
        how="saw",
    )


def tell_prolific(lines: Lines) -> None:
    """A note on a source of many stories: the gate asks for the footing of each that is in print."""
    lines.use("with")
    source = archive.BASE + 1
    rests_on_her = Fact.objects.filter(wordings__confirmations__source=source)
    stories = rests_on_her.filter(article__printings__isnull=False).values("article").distinct().count()
    notes = itertools.cycle(["at_risk", "safe"])

    def note(_: object) -> None:
        Source.objects.filter(pk=source).update(safety=next(notes))

    nothing = itertools.repeat(None)
    took = medians(
        {
            "with the gate": on(lines, "with", note, iter(nothing)),
            "without": on(lines, "without", note, iter(nothing)),
        },
        rounds=ROUNDS,
    )
    tell(f"noting the safety of a source of {stories} stories", took, "with the gate", "without")


def tell_answers(lines: Lines, newsroom: Newsroom) -> None:
    """How long the gate takes to list what blocks a story, in a small archive and in a large one."""
    for what, story in (("a draft", newsroom.draft), ("a story in print", Article.objects.get(headline="Printed 0"))):
        pieces = itertools.repeat(story)
        took = medians(
            {
                f"at {MANY} stories": on(lines, "many", list_blockers, iter(pieces)),
                f"at {FEW}": on(lines, "with", list_blockers, iter(pieces)),
            },
            rounds=200,
        )
        tell(f"gate_blockers of {what} of {FACTS} facts", took, f"at {MANY} stories", f"at {FEW}")


def list_blockers(story: Article) -> None:
    """The law's own answer, without words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate_blockers(%s)", [story.pk])
        cursor.fetchall()


if __name__ == "__main__":
    main()
