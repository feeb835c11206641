"""Parties (行政相对人): who they are, sealed where it is private, and what they count as."""

from __future__ import annotations

from django.db import models

from zhifa.kernel.ids import uuid7


class PartyKind(models.TextChoices):
    """What a party is."""

    PERSON = "natural_person", "自然人"
    BUSINESS = "individual_business", "个体工商户"
    LEGAL_PERSON = "legal_person", "法人"
    OTHER = "other_organisation", "其他组织"


class SubjectRule(models.TextChoices):
    """For which rule a party is classed; one party may count differently under each."""

    HEARING = "hearing", "听证数额标准"
    SUMMARY = "summary", "简易程序限额"
    CREDIT = "credit", "信用信息"
    PUBLICATION = "publication", "公示"


class Subject(models.TextChoices):
    """What a party counts as under a rule."""

    PERSON = "person", "公民"
    ORGANISATION = "organisation", "法人或者其他组织"


class Party(models.Model):
    """A party as an identity. What is known of it stands in dated versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=24, choices=PartyKind.choices)
    agency_code = models.CharField("登记机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)


class PartyVersion(models.Model):
    """What was known of a party from a day on. Insert-only; the newest begun by the day holds.

    Names and premises are open. What is private is sealed in its column, found by a blind index.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="versions")
    seq = models.PositiveSmallIntegerField("序号")
    valid_from = models.DateField("自")
    name = models.CharField("姓名或者名称", max_length=160)
    representative = models.CharField("代表人", max_length=80, blank=True, default="")
    usc_code = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    licence_no = models.CharField("许可证编号", max_length=40, blank=True, default="")
    paper_kind = models.CharField("证件类型", max_length=24, blank=True, default="")
    paper_sealed = models.TextField("证件号码（密）", blank=True, default="")
    paper_index = models.CharField("证件号码索引", max_length=64, blank=True, default="")
    phone_sealed = models.TextField("电话（密）", blank=True, default="")
    phone_index = models.CharField("电话索引", max_length=64, blank=True, default="")
    address_sealed = models.TextField("地址（密）", blank=True, default="")
    premises = models.CharField("经营场所", max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["paper_index"], name="parties_by_paper"),
            models.Index(fields=["phone_index"], name="parties_by_phone"),
            models.Index(fields=["usc_code"], name="parties_by_usc_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["party", "seq"], name="one_party_version_per_number"),
        ]


class PartyClassification(models.Model):
    """What a party counts as under one rule from a day on, with the source that says so."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="classifications")
    rule = models.CharField("规则", max_length=16, choices=SubjectRule.choices)
    subject = models.CharField("视为", max_length=16, choices=Subject.choices)
    valid_from = models.DateField("自")
    source = models.CharField("来源", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["party", "rule"], name="classes_by_party_and_rule")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="a_class_has_a_source")
        ]
