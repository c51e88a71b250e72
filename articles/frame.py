"""The frame of every page: the paper's name, its promise and its sections, as the site reads them."""

from articles.models import Policy, Section
from reader.models import Edition, Language


def print_frame() -> None:
    """Writes each edition's frame from the policy in force. Without one there is no paper yet, and nothing is written."""
    policy = Policy.objects.in_force()
    if policy is None:
        return
    sections = list(Section.objects.all())
    # The default moves first, or two editions would claim it for a moment.
    Edition.objects.exclude(language=policy.default_edition).update(is_default=False)
    for language in Language.values:
        Edition.objects.update_or_create(
            language=language,
            defaults={
                "name": policy.name_ko if language == "ko" else policy.name_en,
                "promise": policy.promise_ko if language == "ko" else policy.promise_en,
                "sections": [{"slug": s.slug, "name": s.name(language)} for s in sections],
                "is_default": language == policy.default_edition,
            },
        )
