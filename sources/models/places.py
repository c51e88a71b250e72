"""Where a source speaks from, as it may be printed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# How narrow a kind of place is.
RANKS = {"country": 0, "province": 1, "city": 2, "county": 2, "district": 3}


class Place(models.Model):
    """A place as it may be printed, in a ladder: country, province, city or county, smaller."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County")
        DISTRICT = "district", _("District or village")

    name_en = models.CharField(_("name in English"), max_length=80)
    name_ko = models.CharField(_("name in Korean"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("lies in")
    )
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, help_text=_("Leave empty rather than guess.")
    )
    population_source = models.CharField(
        _("where the figure is from"), max_length=120, blank=True, help_text=_("For example: census of 2008.")
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name_en"], name="place_once_in_its_parent", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(kind="country"), name="place_lies_somewhere"
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="place_not_in_itself"),
            # A number without its origin can't be weighed against the anonymity floor.
            models.CheckConstraint(
                condition=models.Q(population__isnull=True) | ~models.Q(population_source=""),
                name="place_population_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} · {self.name_ko}"

    def clean(self) -> None:
        """The database holds the same rule (``gate_place_before``): so a ladder ends."""
        wider = self.parent is None or RANKS[self.parent.kind] < RANKS.get(self.kind, 0)
        narrower = self.pk is None or all(RANKS[each.kind] > RANKS.get(self.kind, 0) for each in self.places.all())
        if not (wider and narrower):
            raise ValidationError(
                {
                    "parent": _(
                        "A place lies in a wider one: a district in a city or county, these in a province, all in a country. Choose another."
                    )
                }
            )
        if self.population is not None and self._is_out_of_proportion():
            raise ValidationError(
                {
                    "population": _(
                        "A place holds no more people than what it lies in. Look both figures up again, and enter the wider place’s first."
                    )
                }
            )

    def _is_out_of_proportion(self) -> bool:
        """Whether more people live here than in the next wider place that was counted, or fewer than in one within it."""
        people = self.population or 0
        wider, rungs = self.parent, len(RANKS)
        while wider is not None and wider.population is None and rungs:
            wider, rungs = wider.parent, rungs - 1
        if wider is not None and wider.population is not None and people > wider.population:
            return True
        within = [self.pk] if self.pk else []
        while within:
            if Place.objects.filter(parent__in=within, population__gt=people).exists():
                return True
            within = list(Place.objects.filter(parent__in=within).values_list("pk", flat=True))
        return False

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en
