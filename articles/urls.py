"""Acts on a story, each a resource of its own."""

from django.urls import path

from articles import documents, on_duty, resuming, version_pages
from articles.views import exceptions, facts, printing, stories

app_name = "articles"
urlpatterns = [
    path("<int:pk>/proof/", stories.proofs, name="proofs"),
    path("<int:pk>/proof/<int:number>/", stories.proof, name="proof"),
    path("<int:pk>/proof/<int:number>/sign-off/", stories.signature, name="sign_off"),
    path("<int:pk>/coverage/", stories.coverage, name="coverage"),
    path("<int:pk>/overrides/", exceptions.overrides, name="overrides"),
    path("overrides/<int:pk>/agreement/", exceptions.override_agreement, name="override_agreement"),
    path("<int:pk>/history/", stories.history, name="history"),
    path("<int:pk>/invitations/", exceptions.invitations, name="invitations"),
    path("<int:pk>/publication/", printing.publication, name="publication"),
    path("<int:pk>/publication/<uuid:version>/pull/", printing.pull, name="pull"),
    path("<int:pk>/publication/<uuid:version>/release/", printing.release, name="release"),
    path("<int:pk>/publication/<uuid:version>/withdrawal/", printing.withdrawal, name="withdrawal"),
    path("<int:pk>/holds/", exceptions.holds, name="holds"),
    path("holds/<int:pk>/lifting/", exceptions.lifting, name="lifting"),
    path("in-print/", on_duty.in_print, name="in_print"),
    path("in-print/<uuid:version>/pull/", on_duty.pull, name="pull_printed"),
    path("in-print/<uuid:version>/release/", on_duty.release, name="release_printed"),
    path("in-print/<uuid:version>/withdrawal/", on_duty.withdrawal, name="withdraw_printed"),
    path("staggers/<int:pk>/agreement/", exceptions.stagger_agreement, name="stagger_agreement"),
    path("<int:pk>/versions/", version_pages.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", version_pages.version, name="version"),
    path("<int:pk>/versions/comparison/", version_pages.comparison, name="comparison"),
    path("<int:pk>/attributions/<int:source>/", stories.attribution, name="attribution"),
    path("<int:pk>/facts/<int:fact>/rendering/", facts.renderings, name="rendering"),
    path("facts/<int:pk>/verdict/", facts.verdict, name="verdict"),
    path("facts/<int:pk>/dropping/", facts.dropping, name="dropping"),
    path("facts/<int:pk>/waiver/", facts.waiver, name="waiver"),
    path("waivers/<int:pk>/agreement/", facts.waiver_agreement, name="waiver_agreement"),
    path("facts/<int:pk>/known-to/", facts.known_to, name="known_to"),
    path("facts/<int:pk>/discretions/", facts.discretions, name="discretions"),
    path("discretions/<int:pk>/agreement/", facts.discretion_agreement, name="discretion_agreement"),
    path("facts/<int:pk>/recording/", resuming.recording, name="recording"),
    path("documents/<int:pk>/copy/", documents.copy, name="document_copy"),
    path("confirmations/<int:pk>/taking-back/", facts.taking_back, name="taking_back"),
    path("policies/<int:pk>/agreement/", exceptions.agreement, name="agreement"),
]
