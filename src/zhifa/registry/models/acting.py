"""Who exercises a duty for another (代), by a written delegation; and who is away."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhifa.accounts.models import Organ, Person
from zhifa.law.actor import Duty
from zhifa.registry.models.dated import Dated


class Delegation(Dated):
    """Duties that their holder lets another exercise for a time, in writing.

    It reaches no further than the giver's own post: when that ends, so does what was given.
    """

    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="delegations",
    )
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegated")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acts_for")
    duties = ArrayField(
        models.CharField(max_length=32, choices=[(d.value, d.label) for d in Duty]),
        verbose_name="代为行使的职责",
    )
    limit_fen = models.BigIntegerField("数额上限（分）", null=True, blank=True)
    basis = models.CharField("书面依据", max_length=200)
    revoked_on = models.DateField("撤回日期", null=True, blank=True)
    """From this day it is worth nothing; what was done before stays lawful."""
    revoked_why = models.CharField("撤回原因", max_length=200, blank=True, default="")

    class Meta(Dated.Meta):
        indexes: ClassVar = [models.Index(fields=["holder", "valid_from"], name="acts_by_holder")]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(giver=F("holder")), name="nobody_acts_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False), name="a_delegation_has_a_last_day"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="a_delegation_is_given_in_writing"),
        ]


class Absence(Dated):
    """Days on which a person is away, and who looks after what waits for them meanwhile.

    It stops no term and takes no duty away.
    """

    class Kind(models.TextChoices):
        """Why."""

        LEAVE = "leave", "休假"
        TRIP = "trip", "出差"
        TRAINING = "training", "培训"
        SICK = "sick", "病假"
        OTHER = "other", "其他"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="absences",
    )
    kind = models.CharField("事由", max_length=10, choices=Kind.choices)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="stands_in", null=True, blank=True
    )
    called_off_on = models.DateField("取消日期", null=True, blank=True)

    class Meta(Dated.Meta):
        indexes: ClassVar = [
            models.Index(fields=["deputy", "valid_from"], name="absences_by_deputy")
        ]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False), name="an_absence_has_a_last_day"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")),
                name="nobody_stands_in_for_themselves",
            ),
        ]


class Membership(models.Model):
    """The agency that keeps a person's account, before the person holds any duty there."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="memberships",
    )
    since = models.DateField("自")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organ"], name="one_membership_per_person_and_agency"
            )
        ]
