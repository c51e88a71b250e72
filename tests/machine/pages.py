"""What people click on the desk's pages. Few of the sequences have somebody there: a page costs as much as ten acts."""

from __future__ import annotations

from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from articles.models import Fact
from tests.desks import as_shown, fields_of, page_of
from tests.house import TABLES
from tests.machine.base import REFUSALS, Base, pick


class Pages(Base):
    somebody_at_the_screen = False
    clicks = 0

    @initialize(somebody=st.sampled_from([False] * 15 + [True]))
    def the_morning(self, somebody):
        self.somebody_at_the_screen = somebody

    @precondition(lambda self: self.somebody_at_the_screen and self.clicks < 4)
    @rule(e=pick, n=pick, field=st.sampled_from(["headline", "slug", "facts-0-statement", "facts-0-DELETE", "body"]))
    def saves_the_story_page(self, e, n, field):
        """The change form, with the inline rows of its facts."""
        browser, article = self.browser(e), self.article(n)
        page = self.click(browser.get, page_of(article))
        if page is None or not page.context or "adminform" not in page.context:
            return
        form = fields_of(page)
        if field in form or field == "facts-0-DELETE":
            typed = {"headline": f"On screen {n}", "slug": f"on-screen-{n}", "facts-0-DELETE": "on"}
            self.click(browser.post, page_of(article), form | {field: typed.get(field, f"<p>On screen {n}.</p>")})

    @precondition(lambda self: self.somebody_at_the_screen and self.clicks < 4)
    @rule(e=pick, model=st.sampled_from(["articles_article", "sources_source", "sources_circle", "articles_document"]))
    def deletes_all_in_a_list(self, e, model):
        """The bulk action, offered or not."""
        rows = self.house.every(model) if model in TABLES else [{"id": 1}, {"id": 2}]
        address = reverse(f"admin:{model}_changelist")
        data = {"action": "delete_selected", "_selected_action": [r["id"] for r in rows], "post": "yes"}
        self.click(self.browser(e).post, address, data)

    @precondition(lambda self: self.somebody_at_the_screen and self.clicks < 4)
    @rule(e=pick, model=st.sampled_from(["articles_article", "sources_source"]))
    def edits_in_a_list(self, e, model):
        rows = self.house.every(model)
        data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
        for n, row in enumerate(rows):
            data |= {f"form-{n}-id": row["id"], f"form-{n}-standing": "confirmed", f"form-{n}-headline": "Listed"}
        self.click(self.browser(e).post, reverse(f"admin:{model}_changelist"), data)

    @precondition(lambda self: self.somebody_at_the_screen and self.clicks < 4)
    @rule(e=pick, s=pick, circle=st.sampled_from(["1", "2", ""]))
    def saves_a_sources_page(self, e, s, circle):
        browser, address = self.browser(e), reverse("admin:sources_source_change", args=[self.key("sources_source", s)])
        page = self.click(browser.get, address)
        if page is not None and page.context and "adminform" in page.context:
            self.click(browser.post, address, fields_of(page) | {"circle": circle})

    @precondition(lambda self: self.somebody_at_the_screen and self.clicks < 4)
    @rule(e=pick, n=pick, act=st.sampled_from(["confirmed", "disputed", "dropping", "waiver", "proof", "publication"]))
    def clicks_an_act(self, e, n, act):
        if act in ("confirmed", "disputed"):
            address = reverse("articles:verdict", args=[self.key("articles_fact", n)])
        elif act in ("dropping", "waiver"):
            address = reverse(f"articles:{act}", args=[self.key("articles_fact", n)])
        else:
            address = reverse(f"articles:{act}s" if act == "proof" else f"articles:{act}", args=[self.article(n).pk])
        shown = as_shown(fact) if (fact := Fact.objects.filter(pk=self.key("articles_fact", n)).first()) else {}
        typed = {"ruling": act, "reason": "A click", "printed_reason": "A click."}
        self.click(self.browser(e).post, address, typed | shown)

    def browser(self, e):
        return self.grounds.browsers[self.editor(e).pk]

    def click(self, method, address, data=None):
        self.clicks += 1
        try:
            page = method(address, data)
        except REFUSALS:
            page = None
        self.look()
        return page
