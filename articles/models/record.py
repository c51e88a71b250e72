"""The record: one chain of entries, written by the database alone (``articles/sql/record.sql``)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that was done to a recorded row. Each holds the hash of the one before; nobody may change any.

    The desk reads entries and can write none. ``fields``: the row's columns that are not free text. ``before``: what
    stood in those that an update changed (a free text is named there, with null). ``texts``: a salted hash of each free
    text. ``salts`` and ``kept`` (earlier words of a text that was changed) stand outside the chain and go when a text is
    destroyed.
    """

    class Op(models.TextChoices):
        BEGUN = "begun", _("the record of this table begins")
        FOUND = "found", _("there before the record")
        INSERT = "insert", _("added")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("removed")
        DESTROYED = "destroyed", _("a text destroyed")

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=40)
    op = models.CharField(max_length=9, choices=Op)
    # Keys without a foreign key: an entry outlives what it speaks of.
    by = models.BigIntegerField(_("by"), null=True, db_column="by_id")
    article = models.BigIntegerField(_("story"), null=True, db_column="article_id")
    fields = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    salts = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry in the record")
        verbose_name_plural = _("record")
        ordering = ["number"]
        default_permissions = ()
        indexes = [
            # The last entry of a row: asked when the record is verified.
            models.Index(fields=["table_name", "row_id", "-number"], name="entry_of_a_row"),
            # A story's history.
            models.Index(fields=["article", "number"], name="entry_of_a_story"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.table_name} {self.row_id}: {self.op}"
