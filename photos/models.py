"""Photographs: what the desk knows of a picture, and the files that were made of it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from photos import dates, storing
from photos.dates import Precision


class Photo(models.Model):
    """A picture that the desk may print: cleaned, credited, and dated as far as it may be told."""

    name = models.CharField(
        _("working title"),
        max_length=80,
        help_text=_("What the desk calls this picture. Never printed. Name no source in it."),
    )
    credit_en = models.CharField(
        _("credit in English"),
        max_length=120,
        blank=True,
        help_text=_("As it is printed, for example “Courtesy of a resident”. The English edition asks for it."),
    )
    credit_ko = models.CharField(
        _("credit in Korean"),
        max_length=120,
        blank=True,
        help_text=_("As it is printed in the Korean edition, which asks for it."),
    )
    place = models.ForeignKey(
        "sources.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("place"),
        help_text=_("Where it was taken, no narrower than may be printed. Leave empty to say nothing."),
    )
    taken_on = models.DateField(
        _("taken on"),
        null=True,
        blank=True,
        help_text=_("Leave empty if it need not be known. Of a month or a year, any day will do."),
    )
    taken_precision = models.CharField(
        _("the reader is told"), max_length=8, choices=Precision, default=Precision.WITHHELD
    )
    also_taken_on = models.DateField(
        _("second picture taken on"),
        null=True,
        blank=True,
        help_text=_("Only for one picture made of two that were taken at different dates."),
    )
    also_taken_precision = models.CharField(
        _("the reader is told of the second"), max_length=8, choices=Precision, default=Precision.WITHHELD
    )
    original = models.FileField(
        _("original"), storage=storing.originals, upload_to=storing.original_name, editable=False
    )
    content_hash = models.CharField(
        _("content hash"),
        max_length=64,
        editable=False,
        help_text=_("Of the renditions, byte for byte. An editor’s signature covers it."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False, validators=[MinValueValidator(1)])
    height = models.PositiveIntegerField(_("height"), editable=False, validators=[MinValueValidator(1)])
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="uploaded_photos",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(also_taken_on__isnull=True) | models.Q(taken_on__isnull=False),
                name="photo_second_date_has_a_first",
                violation_error_message=_("A second date needs a first."),
            ),
            # A precision without a date would promise the reader what nobody has written down.
            models.CheckConstraint(
                condition=models.Q(taken_on__isnull=False) | models.Q(taken_precision="withheld"),
                name="photo_precision_has_a_date",
                violation_error_message=_("Give the date, or withhold it."),
            ),
            models.CheckConstraint(
                condition=models.Q(also_taken_on__isnull=False) | models.Q(also_taken_precision="withheld"),
                name="photo_second_precision_has_a_date",
                violation_error_message=_("Give the second date, or withhold it."),
            ),
            models.CheckConstraint(condition=~models.Q(original=""), name="photo_has_an_original"),
            models.CheckConstraint(
                condition=models.Q(content_hash__regex="^[0-9a-f]{64}$"), name="photo_has_a_content_hash"
            ),
            models.CheckConstraint(condition=models.Q(width__gte=1, height__gte=1), name="photo_has_a_size"),
        ]
        indexes = [
            # The list of photos, newest first.
            models.Index(fields=["-uploaded_at", "-id"], name="photo_newest_first"),
            # Printing: the photo of a picture that was signed.
            models.Index(fields=["content_hash"], name="photo_by_its_picture"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The constraints above, said beside the field that mends them; and no picture was taken on a day to come."""
        errors: dict[str, Any] = {}
        if self.taken_on is None and self.taken_precision != Precision.WITHHELD:
            errors["taken_on"] = _("Give the date, or withhold it.")
        if self.also_taken_on is None and self.also_taken_precision != Precision.WITHHELD:
            errors["also_taken_on"] = _("Give the second date, or withhold it.")
        if self.also_taken_on is not None and self.taken_on is None:
            errors["taken_on"] = _("A second date needs a first.")
        today = localdate()
        for field in ("taken_on", "also_taken_on"):
            day = getattr(self, field)
            if day is not None and day > today:
                errors[field] = _("This day is still to come.")
        if errors:
            raise ValidationError(errors)

    def credit(self, language: str) -> str:
        """Who is credited, as the edition in that language prints it."""
        return self.credit_ko if language.partition("-")[0] == "ko" else self.credit_en

    def dates_taken(self, language: str) -> str:
        """When it was taken, as far as the reader is told: "taken on 5 May and in June 2023"."""
        return dates.dates_taken(
            dates.told(self.taken_on, self.taken_precision),
            dates.told(self.also_taken_on, self.also_taken_precision),
            language,
        )

    @property
    def keeps_its_original(self) -> bool:
        """Whether the file lies there: asked of the folder, for a row could promise what is not so."""
        return Path(self.original.path).exists()

    def get_preview_url(self, width: int) -> str:
        """Where the desk looks at it, about that wide."""
        return reverse("photos:preview", args=[self.pk, width])


class DestroyedOriginal(models.Model):
    """Who destroyed the file as the camera made it, and when. The photo stays, with what was made of its pixels."""

    # Kept also when the photo is deleted: what was done stays on record.
    photo = models.OneToOneField(
        Photo, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("photo")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("destroyed original")
        verbose_name_plural = _("destroyed originals")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.photo_id}"


class Rendition(models.Model):
    """One file that was made of a photo's pixels, in one format and one width."""

    class Format(models.TextChoices):
        AVIF = "avif", "AVIF"
        JPEG = "jpeg", "JPEG"
        WEBP = "webp", "WebP"

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions", verbose_name=_("photo"))
    format = models.CharField(_("format"), max_length=4, choices=Format)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    name = models.CharField(
        _("file name"), max_length=40, unique=True, help_text=_("Random; it lies in the folder “renditions”.")
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["photo", "format", "width"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "format", "width"], name="rendition_once_for_each_width"),
            # A name with a path in it could reach any file of the machine.
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[0-9a-f]{32}\.(avif|jpeg|webp)$"), name="rendition_name_is_random"
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="rendition_has_a_hash"),
            models.CheckConstraint(
                condition=models.Q(width__gte=1, height__gte=1, size__gte=1), name="rendition_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.width} × {self.height}"

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return storing.public_path(storing.RENDITIONS, self.name)
