"""Rows that hold from one day until another, both included."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet

from zhifa.kernel.ids import uuid7

M = TypeVar("M", bound=models.Model)


def holding(rows: QuerySet[M], day: date | None) -> QuerySet[M]:
    """Those of the dated rows that hold that day; all of them without a day."""
    if day is None:
        return rows
    open_or_later = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return rows.filter(open_or_later, valid_from__lte=day)


class Dated(models.Model):
    """Base of every dated row: a change ends one row and begins another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    valid_from = models.DateField("自")
    valid_until = models.DateField("至", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the row holds that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
