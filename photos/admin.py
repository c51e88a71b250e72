"""The picture desk's screens."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from photos.cleaning import CleanPicture, PictureRefused, clean
from photos.destroying import may_destroy_original
from photos.models import DestroyedOriginal, Photo
from photos.uploading import delete_photo, keep_photo
from sources.answering import ScreenWithoutProtectedTerms, WithoutProtectedTerms
from staff.models import User
from staff.screens import Screen, UploadForm

PREVIEW, THUMBNAIL = 480, 96


class PhotoForm(WithoutProtectedTerms, forms.ModelForm):
    """The words of a picture: printed, or kept."""


class PhotoUploadForm(WithoutProtectedTerms, UploadForm):
    """The file and the words that go with it; a file that is refused says what to do instead."""

    file_field = "picture"
    choose_again = _(
        "Nothing is wrong with the picture, but the browser forgets it when a form "
        "comes back: mend the rest, and choose the file again."
    )

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or HEIC, up to 40 MB. What the camera wrote into the file (place, time, "
            "names) is not printed; the file’s name is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"}),
    )
    cleaned_picture: CleanPicture

    def clean_picture(self) -> UploadedFile:
        """Clean the file here, so that a refusal stands beside it."""
        file = self.cleaned_data["picture"]
        try:
            self.cleaned_picture = clean(file)
        except PictureRefused as refusal:
            raise forms.ValidationError(refusal.sentence, refusal.code) from None
        return file


@admin.register(Photo)
class PhotoAdmin(ScreenWithoutProtectedTerms, Screen):
    """Upload, credit and date a picture. Its file never changes: upload another photo instead."""

    list_display = ["thumbnail", "name", "credit_en", "credit_ko", "place", "dates", "uploaded_by"]
    list_display_links = ["thumbnail", "name"]
    list_select_related = ["place", "uploaded_by"]
    search_fields = ["name", "credit_en", "credit_ko"]
    readonly_fields = ["preview", "measures", "dates", "uploaded_by", "uploaded_at"]

    change_form_template = "admin/photos/photo/change_form.html"

    words = (None, {"fields": ["name", "credit_en", "credit_ko", "place"]})
    when = (
        _("When it was taken"),
        {
            "fields": [("taken_on", "taken_precision"), ("also_taken_on", "also_taken_precision")],
            "description": _("The exact date stays on the desk; the reader is told as much of it as you choose."),
        },
    )

    def choice(self, photo: Photo) -> str:
        return " · ".join(filter(None, [photo.name, photo.dates_taken(get_language() or "en")]))

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> list[Any]:
        if obj is None:
            return [(None, {"fields": ["picture"]}), self.words, self.when]
        kept = (_("The picture"), {"fields": ["dates", "measures", "uploaded_by", "uploaded_at"]})
        return [(None, {"fields": ["preview"]}), self.words, self.when, kept]

    def get_form(
        self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        kwargs.setdefault("form", PhotoForm if obj else PhotoUploadForm)
        return super().get_form(request, obj, change, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo = kwargs.get("obj")
        if photo is not None:
            context["keeps_its_original"] = photo.keeps_its_original
            context["may_destroy_original"] = may_destroy_original(photo, by=cast(User, request.user))
            context["destroyed"] = DestroyedOriginal.objects.filter(photo=photo).select_related("by").first()
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Photo, form: forms.ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            picture = cast(PhotoUploadForm, form).cleaned_picture
            keep_photo(obj, form.cleaned_data["picture"], picture, by=cast(User, request.user))

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        delete_photo(obj)

    @admin.display(description=_("picture"))
    def thumbnail(self, photo: Photo) -> SafeString:
        """In the list: small. It is a link, so it has a name."""
        return _image(photo, THUMBNAIL, alt=photo.name)

    @admin.display(description=_("picture"))
    def preview(self, photo: Photo) -> SafeString:
        """On its page: what the cleaning left."""
        return _image(photo, PREVIEW, alt=photo.name)

    @admin.display(description=_("size"))
    def measures(self, photo: Photo) -> str:
        """In pixels, upright."""
        return f"{photo.width} × {photo.height}"

    @admin.display(description=_("the reader reads"))
    def dates(self, photo: Photo) -> str:
        """The dates as they are printed, in the language at hand."""
        return photo.dates_taken(get_language() or "en") or "–"


def _image(photo: Photo, width: int, alt: str) -> SafeString:
    shown = min(width, photo.width)
    return format_html(
        '<img class="desk-picture" src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        photo.get_preview_url(width),
        shown,
        max(1, round(photo.height * shown / photo.width)),
        alt,
    )
