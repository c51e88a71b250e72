"""Acts on a story, each a resource of its own."""

from django.urls import path

from articles import documents, on_duty, resuming, version_pages, views

app_name = "articles"
urlpatterns = [
    path("<int:pk>/proof/", views.proofs, name="proofs"),
    path("<int:pk>/proof/<int:number>/", views.proof, name="proof"),
    path("<int:pk>/proof/<int:number>/sign-off/", views.signature, name="sign_off"),
    path("<int:pk>/coverage/", views.coverage, name="coverage"),
    path("<int:pk>/overrides/", views.overrides, name="overrides"),
    path("overrides/<int:pk>/agreement/", views.override_agreement, name="override_agreement"),
    path("<int:pk>/history/", views.history, name="history"),
    path("<int:pk>/invitations/", views.invitations, name="invitations"),
    path("<int:pk>/publication/", views.publication, name="publication"),
    path("<int:pk>/publication/<uuid:version>/pull/", views.pull, name="pull"),
    path("<int:pk>/publication/<uuid:version>/release/", views.release, name="release"),
    path("<int:pk>/publication/<uuid:version>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/holds/", views.holds, name="holds"),
    path("holds/<int:pk>/lifting/", views.lifting, name="lifting"),
    path("in-print/", on_duty.in_print, name="in_print"),
    path("in-print/<uuid:version>/pull/", on_duty.pull, name="pull_printed"),
    path("staggers/<int:pk>/agreement/", views.stagger_agreement, name="stagger_agreement"),
    path("<int:pk>/versions/", version_pages.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", version_pages.version, name="version"),
    path("<int:pk>/versions/comparison/", version_pages.comparison, name="comparison"),
    path("<int:pk>/facts/<int:fact>/rendering/", views.renderings, name="rendering"),
    path("facts/<int:pk>/verdict/", views.verdict, name="verdict"),
    path("facts/<int:pk>/dropping/", views.dropping, name="dropping"),
    path("facts/<int:pk>/waiver/", views.waiver, name="waiver"),
    path("waivers/<int:pk>/agreement/", views.waiver_agreement, name="waiver_agreement"),
    path("facts/<int:pk>/recording/", resuming.recording, name="recording"),
    path("documents/<int:pk>/copy/", documents.copy, name="document_copy"),
    path("confirmations/<int:pk>/taking-back/", views.taking_back, name="taking_back"),
    path("policies/<int:pk>/agreement/", views.agreement, name="agreement"),
]
