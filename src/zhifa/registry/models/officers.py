"""Who holds which duty where, with which certificate, and who may review."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.accounts.models import Organ, Person
from zhifa.law.actor import Duty
from zhifa.registry.models.dated import Dated


class Post(Dated):
    """A duty that a person holds at an agency, in a unit of it where the duty is a unit's."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="posts",
    )
    unit_code = models.CharField("内设机构", max_length=32, blank=True, default="")
    duty = models.CharField("职责", max_length=32, choices=[(d.value, d.label) for d in Duty])
    title = models.CharField("职务", max_length=60, blank=True, default="")
    basis = models.CharField("任职依据", max_length=200, blank=True, default="")

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["organ", "duty"], name="posts_by_agency_and_duty"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "organ", "unit_code", "duty", "valid_from"],
                name="a_post_begins_once",
            ),
        ]


class Certificate(Dated):
    """An enforcement certificate (行政执法证); what is printed on it may be public."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="certificates",
    )
    number = models.CharField("证件号", max_length=20, unique=True)
    issuer = models.CharField("发证机关", max_length=80)
    fields = ArrayField(models.CharField(max_length=32), verbose_name="执法领域", default=list)
    revoked_on = models.DateField("收回日期", null=True, blank=True)
    revoked_why = models.CharField("收回原因", max_length=200, blank=True, default="")


class ReviewQualification(models.Model):
    """Why a person may review penalties: the national qualification, or having done so before.

    行政处罚法 58 asks the qualification only of those who review for the first time.
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="review_qualification"
    )
    number = models.CharField("法律职业资格证书号", max_length=40, blank=True, default="")
    obtained_on = models.DateField("取得日期", null=True, blank=True)
    first_reviewed_on = models.DateField("首次从事法制审核日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number="", obtained_on__isnull=True)
                | (~models.Q(number="") & models.Q(obtained_on__isnull=False)),
                name="a_qualification_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=models.Q(obtained_on__isnull=False)
                | models.Q(first_reviewed_on__isnull=False),
                name="a_qualification_says_something",
            ),
        ]


class OfficerCard(models.Model):
    """What the public may see of a certificate: no identity number, no phone. Portal schema."""

    number = models.CharField("证件号", max_length=20, primary_key=True)
    name = models.CharField("姓名", max_length=64)
    agency_code = models.CharField("机关代码", max_length=32, db_index=True)
    agency_name = models.CharField("执法机关", max_length=120)
    unit_name = models.CharField("内设机构", max_length=80, blank=True, default="")
    issuer = models.CharField("发证机关", max_length=80)
    fields = ArrayField(models.CharField(max_length=32), verbose_name="执法领域", default=list)
    valid_from = models.DateField("有效期自")
    valid_until = models.DateField("有效期至")
    revoked_on = models.DateField("收回日期", null=True, blank=True)
