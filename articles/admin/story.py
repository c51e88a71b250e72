"""The story's page and the list of stories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import coverage
from articles.acts import act, authors
from articles.admin.refusing import RefusingScreen
from articles.bodies import clean_body, settle_marks
from articles.forms.facts import FactForm, FactFormSet
from articles.forms.rows import RowsFormSet, WordyRows
from articles.forms.story import CorrectionForm, LinkForm, StoryForm
from articles.models import Article, Correction, Fact, Figure, RelatedLink, Verdict, Writer
from articles.panel import panel_for
from articles.stages import Stage, count_blockers, with_stage
from articles.translations import with_original_since
from articles.tying import facts_to_tie
from articles.views.desk import cautions_for
from staff.screens import PlainFields, Screen


class Rows(PlainFields, admin.TabularInline):
    """Rows under a story, each with its labels: no table, so that it fits a phone."""

    template = "admin/rows.html"
    formset = RowsFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Each row tells what it was opened with: what she did not touch is not saved over what another one did."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.show_hidden_initial = True
        return field


class FactRows(Rows):
    """What the story states. Wordings go through the acts (see FactFormSet)."""

    model = Fact
    form = FactForm
    formset = FactFormSet
    fields = ["kind", "statement", "known_to"]
    extra = 1
    verbose_name_plural = _("Facts")
    lead = _(
        "Each thing in the story that can be true or false. An event happened; a statement was said, and is printed as hers; "
        "a record stands in a public record. A new wording starts unconfirmed."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return super().get_queryset(request).standing()

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> type[FactFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        # A fact takes its wordings with it (confirming.remove); the admin would count them as protected.
        formset.form = type("FactRow", (formset.form,), {"hand_clean_DELETE": lambda row: None})
        return formset


class FigureRows(Rows):
    model = Figure
    formset = WordyRows
    fields = ["photo", "photo_beside", "alt", "alt_beside", "caption", "after_paragraph"]
    autocomplete_fields = ["photo", "photo_beside"]
    verbose_name_plural = _("Photos")
    lead = _("Credit, place and dates stand on the photo’s own page.")
    folded = True


class LinkRows(Rows):
    model = RelatedLink
    formset = WordyRows
    fk_name = "article"
    form = LinkForm
    fields = ["kind", "to", "url", "title", "after_paragraph"]
    autocomplete_fields = ["to"]
    verbose_name_plural = _("Related links")
    folded = True


class CorrectionRows(Rows):
    model = Correction
    form = CorrectionForm
    formset = WordyRows
    fields = ["kind", "dated", "text"]
    verbose_name_plural = _("Corrections")
    lead = _("Public, dated and kept for ever. They stand at the head of the next version.")
    folded = True

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["dated"].initial = localdate
        return formset


class StageFilter(admin.SimpleListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(stage.value, stage.label) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(stage=self.value()) if self.value() else queryset


@admin.register(Article)
class StoryAdmin(RefusingScreen, Screen):
    """A story is written in the middle; where it stands and what blocks it is told beside it."""

    form = StoryForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [FactRows, FigureRows, LinkRows, CorrectionRows]
    list_display = ["headline", "stage_word", "blocked_by", "language", "updated_at"]
    list_filter = [StageFilter, "language"]
    list_select_related = ["translation_of"]
    autocomplete_fields = ["translation_of"]
    search_fields = ["headline"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return with_original_since(with_stage(super().get_queryset(request)))

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A photo editor saves the photos of a story whose words she only reads."""
        return super().has_change_permission(request, obj) or request.user.has_perms(
            ["articles.view_article", "articles.change_figure"]
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return [] if request.user.has_perm("articles.change_article") else [*StoryForm.Meta.fields, "words"]

    @admin.display(description=_("Body"))
    def words(self, story: Article) -> SafeString:
        """The body for who reads and doesn't write: cleaned, as it would be printed."""
        return format_html('<div class="prose-text">{}</div>', mark_safe(clean_body(story.body)))  # noqa: S308

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if not request.user.has_perm("articles.change_article"):
            return [
                (None, {"fields": ["headline", "standfirst", "words"]}),
                (_("Place in the paper"), {"fields": ["section", "label", "kind", "language"]}),
            ]
        return [
            (None, {"fields": ["headline", "standfirst", "body"], "classes": ["words"]}),
            (_("Place in the paper"), {"fields": [("section", "label"), ("kind", "language"), "slug", "bylines"]}),
            (
                _("Authors, tags, dateline, translation"),
                {"fields": ["authors", "tags", "dateline", "translation_of"], "classes": ["collapse"]},
            ),
        ]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[type[Rows]]:
        printed = obj is not None and (obj.printings.exists() or obj.corrections.exists())
        facts = [] if obj is not None and obj.translation_of_id else [FactRows]
        return [*facts, FigureRows, LinkRows, *([CorrectionRows] if printed else [])]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = {"language": request.user.interface_language, "bylines": request.user.bylines.all()[:1]}
        return {**initial, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool) -> None:
        """A new story comes before its facts; the words of an old one are saved after them, with their marks settled."""
        if not change:
            typed, obj.body = obj.body, settle_marks(obj.body, {}, set())
            obj.created_by = request.user
            super().save_model(request, obj, form, change)
            obj.body = typed

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        wrote = authors(form.instance)
        facts = [formset for formset in formsets if isinstance(formset, FactFormSet)]
        for formset in facts:
            self.save_formset(request, form, formset, change)
        self._save_words(request, form, {key: pk for formset in facts for key, pk in formset.keys.items()}, change)
        super().save_related(request, form, [formset for formset in formsets if formset not in facts], change)
        self._read_coverage(request, form.instance)
        self._say_what_was_reworded(request, [fact for formset in facts for fact, _fields in formset.changed_objects])
        # Who takes her own name or pen name off a story has written it all the same.
        leaves = request.user.pk in wrote - authors(form.instance)
        if leaves or form.rewrote() or any(rows.rewrote() for rows in formsets if isinstance(rows, WordyRows)):
            Writer.objects.bulk_create([Writer(article=form.instance, user=request.user)], ignore_conflicts=True)

    def _read_coverage(self, request: HttpRequest, saved: Article) -> None:
        """Reads which words state what, and says at once whose confirmation is void by it."""
        story = Article.objects.get(pk=saved.pk)
        with act(story, by=request.user):
            moved = coverage.read(story, by=request.user)
        if moved:
            sentence = ngettext(
                "The words that state a fact changed, so an editor confirms it again:",
                "The words that state these facts changed, so an editor confirms them again:",
                len(moved),
            )
            _warn_of_facts(request, sentence, moved)

    def _say_what_was_reworded(self, request: HttpRequest, changed: list[Fact]) -> None:
        """A fact stated anew is unconfirmed: said at once, as of the words that state it."""
        judged = Verdict.objects.filter(wording__fact__in=changed).values_list("wording", "wording__fact", "ruling")
        confirmed = {fact for _wording, fact, ruling in judged if ruling == Verdict.Ruling.CONFIRMED}
        wordings = {wording for wording, _fact, _ruling in judged}
        void = [fact for fact in changed if fact.pk in confirmed and fact.wording and fact.wording.pk not in wordings]
        if void:
            sentence = ngettext(
                "A fact was reworded, so an editor confirms it again:",
                "These facts were reworded, so an editor confirms them again:",
                len(void),
            )
            _warn_of_facts(request, sentence, void)

    def _save_words(self, request: HttpRequest, form: Any, keys: dict[str, int], change: bool) -> None:
        """The story's own row, once: its facts have their ids by now."""
        story = form.instance
        stood = form.initial.get("body") if change else settle_marks(story.body, {}, set())
        if "body" in form.fields:
            story.body = settle_marks(story.body, keys, set(story.original.facts.values_list("pk", flat=True)))
        # It is written only where a word of it changed: facts and photos move the revision by themselves.
        touched = change and set(form.changed_data) - {"revision", "bylines", "authors", "tags", "body"}
        if touched or ("body" in form.fields and story.body != stood):
            super().save_model(request, story, form, change=True)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, FactFormSet):
            formset.save()
            return
        for row in formset.save(commit=False):
            if isinstance(row, Correction) and row.by_id is None:
                row.by = request.user
            row.save()
        for gone in formset.deleted_objects:
            gone.delete()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        story = kwargs.get("obj")
        if story is not None and story.pk:
            # What the database holds, whatever was typed.
            context["panel"] = panel_for(
                request.user, Article.objects.select_related("translation_of").get(pk=story.pk)
            )
            context["facts_to_tie"] = facts_to_tie(context["panel"])
            context |= cautions_for(request, context["panel"].article)
        form = context["adminform"].form
        context["conflict"] = getattr(form, "conflict", None)
        context["title"] = _("New story") if story is None else ""
        context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, {"title": _("Stories"), **(extra_context or {})})
        if listed := getattr(response, "context_data", {}).get("cl"):
            counts = count_blockers(listed.result_list)
            for story in listed.result_list:
                story.blocked = counts.get(story.pk, 0)
        return response

    @admin.display(description=_("stage"))
    def stage_word(self, story: Article) -> str:
        stage = str(Stage(story.stage).label)
        return _("%(stage)s; the original has a newer version") % {"stage": stage} if story.original_since else stage

    @admin.display(description=_("still blocked by"))
    def blocked_by(self, story: Article) -> str:
        number = getattr(story, "blocked", 0)
        return (
            ngettext("%(number)s thing blocks", "%(number)s things block", number) % {"number": number}
            if number
            else "–"
        )


def _warn_of_facts(request: HttpRequest, sentence: str, facts: list[Fact]) -> None:
    listed = format_html_join("", "<li>{}</li>", [(fact.statement,) for fact in facts])
    messages.warning(request, format_html("{}<ul>{}</ul>", sentence, listed))
