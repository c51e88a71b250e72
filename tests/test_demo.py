"""A newcomer loads the demo: a small paper with stories in every stage, made under the gate like any other."""

import json
import re
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count
from PIL import Image

from articles import confirming
from articles.covering import sentences_in
from articles.demo import accounts, album, informants, keeping, making, paper, pictures, settling
from articles.demo.stories import STORIES
from articles.demo.telling import INVENTED
from articles.gate import blockers
from articles.models import Article, Confirmation, Context, Hold, Policy, Pull, Rendering, Verdict, Waiver
from articles.stages import Stage, with_stage
from newsroom import data_folder
from photos.models import Photo
from reader.models import Edition, Publication
from reader.notices import notice_of
from sources.exporting import export_all
from sources.models import SealedRecord, Source
from staff.models import Role, User
from tests.factories import Desk

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def newsroom_of_its_own(tmp_path, settings, monkeypatch):
    """Files go to folders of this test; pictures are made small, for their encoding takes longest."""
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    monkeypatch.setattr(data_folder, "path", lambda: tmp_path)
    monkeypatch.setattr(album, "draw", small)


def small(scene: str) -> BytesIO:
    picture, file = Image.open(pictures.draw(scene)), BytesIO()
    picture.resize((240, 160)).save(file, "JPEG")
    file.seek(0)
    return file


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def everything() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def article(address: str) -> Article:
    language, slug = address.split("/")
    return with_stage(Article.objects.all()).get(language=language, slug=slug)


def codes(address: str) -> set[str]:
    return {blocker.code for blocker in blockers(article(address))}


def test_a_demo_keeper_opens_what_the_demo_sealed(tmp_path):
    """Her private key lies in the data folder; with the desk's own command she reads who somebody is."""
    accounts.hire()
    paper.found()
    informants.recruit()
    assert keeping.entrust() == len(keeping.IDENTITIES) == SealedRecord.objects.count()
    assert keeping.entrust() == 0
    file, out = tmp_path / "sealed.json", StringIO()
    file.write_bytes(export_all(by=User.objects.get(username="chief")))
    for name in keeping.KEEPERS:
        key = keeping.folder() / f"{name}.key"
        assert key.parent.parent == tmp_path and key.stat().st_mode & 0o777 == 0o600
        call_command("keeper", "open", file, "--key", key, stdout=out)
        assert "림보슬" in out.getvalue() and "Choi Eun-byeol" in out.getvalue()


def test_it_works_and_a_second_run_changes_nothing(subtests, client, tmp_path):
    said, made = demo(), everything()
    for check in (
        stories_stand_in_every_stage,
        drafts_show_what_the_gate_asks,
        what_came_after_print_is_told,
        the_law_of_sentences_is_kept,
        exceptions_and_changes_are_shown,
        pictures_tell_when_they_were_taken,
        sources_stand_in_every_way,
        attributions_are_those_of_the_sources,
        nothing_in_print_names_a_source_or_a_member_of_staff,
    ):
        with subtests.test(check.__name__):
            check()
    with subtests.test("a second run"):
        again = demo()
        assert everything() == made
        assert again.strip()
        assert said.endswith(again)
    with subtests.test("accounts"):
        assert (tmp_path / accounts.FILE).stat().st_mode & 0o777 == 0o600
        everyone_can_log_in(client)


def stories_stand_in_every_stage():
    stages = {story.address: article(story.address).stage for story in STORIES}
    assert {address: stage for address, stage in stages.items() if stage != Stage.PUBLISHED} == {
        "ko/함흥-중고-자전거": Stage.PULLED,
        "en/pyongyang-evening-trams": Stage.WITHDRAWN,
        "en/hwanghae-upper-terraces": Stage.SCHEDULED,
        "en/ryanggang-potato-cellars": Stage.SIGNED,
        "ko/평성-이불감-장사": Stage.REVIEW,
        "ko/신의주-강변-살얼음": Stage.DRAFT,  # changed after it was signed
        "en/hyesan-solar-panels": Stage.DRAFT,
        "ko/평양-꽃집-초고": Stage.DRAFT,
    }
    in_print = Publication.objects.in_print()
    assert (in_print.edition("ko").count(), in_print.edition("en").count()) == (4, 4)
    assert all(6 <= len(publication.blocks) - 1 <= 10 for publication in in_print)
    assert set(Edition.objects.values_list("language", flat=True)) == {"en", "ko"}


def drafts_show_what_the_gate_asks():
    assert codes("en/hyesan-solar-panels") == {
        "byline_missing",
        "fact_unconfirmed",
        "fact_needs_sources",
        "source_unconfirmed",
        "statement_needs_talk",
        "record_needs_copy",
        "figure_needs_caption",
        "figure_needs_alt",
        "proof_missing",
        "signature_missing",
        "sentence_uncovered",
        "fact_without_passage",
    }
    assert codes("ko/평양-꽃집-초고") == {
        "section_missing",
        "no_facts",
        "sentence_uncovered",
        "proof_missing",
        "signature_missing",
    }
    assert codes("ko/평성-이불감-장사") == {"signature_missing"}
    assert codes("ko/신의주-강변-살얼음") == {"fact_unconfirmed", "proof_outdated", "signature_missing"}
    assert codes("en/ryanggang-potato-cellars") == set()


def what_came_after_print_is_told():
    pulled = Pull.objects.get()
    assert pulled.by is None
    assert {cause["code"] for cause in pulled.causes} == {"fact_needs_sources", "statement_needs_talk"}
    assert notice_of("ko", "함흥-중고-자전거").kind == "under_review"
    assert notice_of("en", "pyongyang-evening-trams").kind == "withdrawn"
    mended = Publication.objects.in_print().get(slug="혜산-장마당-쌀값-내림세")
    assert (mended.version, len(mended.corrections)) == (2, 1)
    assert "2,700원" in "".join(mended.blocks)
    assert "2,900원" not in "".join(mended.blocks)
    translation = article("en/hoeryong-riverside-flats")
    assert Rendering.objects.filter(article=translation).count() == translation.original.facts.count()
    scheduled = Publication.objects.scheduled().get()
    assert scheduled.slug == "hwanghae-upper-terraces"
    assert Hold.objects.get().until == scheduled.go_live_at


def the_law_of_sentences_is_kept():
    """As the database counts it, of all that is past its draft; in drafts there is something left to do."""
    assert Policy.objects.in_force().covers_text
    for story in STORIES:
        uncovered = [s.text for s in sentences_in(article(story.address).coverage) if not s.is_covered]
        assert bool(uncovered) == (story.stage == "draft"), story.address
    assert Context.objects.filter(text=INVENTED["ko"]).count() == 8
    assert all(context.by == context.article.created_by for context in Context.objects.all())


def exceptions_and_changes_are_shown():
    waiver = Waiver.objects.get()
    assert waiver.proposed_by != waiver.agreed_by
    assert {
        confirmation.earlier.fact.article.slug for confirmation in Confirmation.objects.filter(basis="earlier")
    } == {"혜산-장마당-쌀값-내림세"}
    # A correction stands on what was recorded before it, and an editor said so.
    corrected = Verdict.objects.exclude(seen=[]).get(wording__text__contains="2,700원")
    assert Confirmation.objects.filter(pk__in=corrected.seen, wording__number=1).count() == len(corrected.seen) == 2
    waiting = article("ko/신의주-강변-살얼음").facts.with_status().get(ruling=None)
    assert "훨씬" in waiting.statement
    assert waiting.wordings.get(number=1).verdicts.get().ruling == "confirmed"


def pictures_tell_when_they_were_taken():
    figures = {p.slug: p.figures[0] for p in Publication.objects.in_print() if p.figures}
    dates = {slug: [picture["dates"] for picture in figure["pictures"]] for slug, figure in figures.items()}
    assert dates["sinuiju-freight-wagons"] == ["taken on 5 May and in June 2023"]
    assert dates["회령-강변-살림집"] == ["2023년 4월 촬영", "2025년 9월 14일 촬영"]
    assert {figure["credit"] for figure in figures.values()} == {album.CREDIT_EN, album.CREDIT_KO}


def sources_stand_in_every_way():
    standing = dict(Source.objects.values_list("standing").annotate(Count("pk")))
    assert (standing["unconfirmed"], standing["discredited"]) == (1, 1)
    assert Source.objects.filter(circle__isnull=False).count() == 2


def attributions_are_those_of_the_sources():
    for story in STORIES:
        for stated in story.facts:
            for word in stated.words if stated.kind == "statement" else ():
                phrase = making.source(word.source).attribution(story.language).lower()
                assert phrase in stated.text.lower()
                assert phrase in story.body.lower()


def nothing_in_print_names_a_source_or_a_member_of_staff():
    printed = json.dumps(
        [list(model.objects.values()) for model in apps.get_app_config("reader").get_models()],
        default=str,
        ensure_ascii=False,
    )
    names = [*Source.objects.values_list("alias", flat=True), *User.objects.values_list("username", flat=True)]
    names += [account.name for account in accounts.ACCOUNTS]
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", printed)] == []


def everyone_can_log_in(client):
    for account, password in accounts.list_accounts():
        assert client.login(username=account.username, password=password)
        user = User.objects.get(username=account.username)
        assert (user.roles, user.is_staff, user.is_superuser) == ({account.role}, True, False)
    # A guest comes by invitation.
    assert {account.role for account in accounts.ACCOUNTS} == set(Role) - {Role.GUEST}


def test_an_interrupted_run_is_run_again(monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    for step, left in (("sign_off", 0), ("_mend", 1)):  # within a story; between its print and its correction
        with monkeypatch.context() as broken:
            broken.setattr(making, step, interrupted)
            with pytest.raises(KeyboardInterrupt):
                demo()
        assert Article.objects.count() == left
    demo()
    assert Article.objects.count() == len(STORIES)
    assert Photo.objects.count() == len(album.PRINTS)
    assert Publication.objects.in_print().count() == 8


def test_words_that_fit_no_sentence_stop_it(subtests):
    """Or two sentences; or a sentence that claims something and is no fact's."""
    story = Desk().article(headline="Rice is sold again", body="<p>Rice is sold again.</p><p>It rained, she said.</p>")
    fact = confirming.state(story, "Rice is sold again.", kind="event", by=story.created_by)
    for told, told_off in (
        ([(fact, ("Rice was sold",))], "stands in 0 sentences"),
        ([(fact, ("is sold again",))], "stands in 2 sentences"),
        ([], "no fact states “It rained, she said.”"),
    ):
        with subtests.test(told_off), pytest.raises(CommandError, match=re.escape(told_off)):
            settling.settle(story, told, gaps=False)
    settling.settle(story, [], gaps=True)


def test_a_changed_password_is_not_told():
    accounts.hire()
    user = User.objects.get(username="chief")
    user.set_password("a pass phrase of her own")
    user.save()
    assert [account.username for account, password in accounts.list_accounts() if not password] == ["chief"]


def test_a_paper_of_its_own_is_left_alone():
    Desk()
    before = everything()
    with pytest.raises(CommandError):
        demo()
    assert everything() == before
