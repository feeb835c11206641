"""Publications at the desk, and the sanitised tables from which the public reads.

`Publication` and `Notice` are the house's own. The rest stands in the schema `portal`: nothing in
it is a view on a case, every row was written by a release or a withdrawal.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from zhifa.procedure.models import Matter


class Publication(models.Model):
    """The publication of one decision, beside its matter, for lists."""

    class State(models.TextChoices):
        OPEN = "OPEN", "待裁定"
        RULED = "RULED", "待拟定"
        DRAFTED = "DRAFTED", "待发布"
        PUBLIC = "PUBLIC", "公示中"
        DECLINED = "DECLINED", "不予公示"
        WITHDRAWN = "WITHDRAWN", "已撤下"

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="publication"
    )
    case_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="publications")
    decision_id = models.UUIDField("决定书", unique=True)
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    number = models.CharField("决定书文号", max_length=60)
    cause = models.CharField("案由", max_length=200)
    decided_on = models.DateField("决定日期")
    public_id = models.CharField("公示编号", max_length=16, unique=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)

    class Meta:
        db_table = "publication"
        indexes = [
            models.Index(
                fields=["agency_code", "state", "-decided_on", "matter"], name="publications_open"
            )
        ]


class Notice(models.Model):
    """A notice that went public, whole, kept inside the house after it is taken down. Insert-only:
    with it one can still show what was published, and when."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="notice"
    )
    record = models.TextField("公示记录")
    sha256 = models.CharField("摘要", max_length=64)
    released_on = models.DateField("公示日期")

    class Meta:
        db_table = "publication_notice"


# --- the schema `portal` ---------------------------------------------------------------------


class PublishedDecision(models.Model):
    """A decision as the public reads it. Its columns repeat `record`, which is what is hashed."""

    class State(models.TextChoices):
        PUBLIC = "PUBLIC", "公示中"

    public_id = models.CharField("公示编号", max_length=16, primary_key=True)
    number = models.CharField("决定书文号", max_length=60)
    agency_code = models.CharField("机关代码", max_length=32)
    agency_name = models.CharField("作出决定的机关", max_length=120)
    region_code = models.CharField("区划", max_length=12)
    case_name = models.CharField("案件名称", max_length=160)
    party_name = models.CharField("当事人", max_length=160)
    party_kind = models.CharField("当事人类别", max_length=24)
    party_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    violation = models.TextField("违法行为类型")
    facts = models.TextField("主要违法事实")
    violated = ArrayField(models.CharField(max_length=40), verbose_name="违反的规定")
    penalised_by = ArrayField(models.CharField(max_length=40), verbose_name="处罚依据")
    penalty = models.TextField("处罚内容")
    kinds = ArrayField(models.CharField(max_length=40), verbose_name="处罚种类")
    fine_fen = models.BigIntegerField("罚款", default=0)
    confiscated_fen = models.BigIntegerField("没收金额", default=0)
    hidden = models.TextField("隐去的内容和理由", blank=True)
    decided_on = models.DateField("决定日期")
    published_at = models.DateTimeField("公示时间")
    published_until = models.DateField("公示截止日期", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PUBLIC)
    record = models.TextField("公示记录")
    sha256 = models.CharField("公示记录摘要值", max_length=64)
    event_id = models.UUIDField("账本记录")
    event_hash = models.TextField("账本记录摘要")
    terms = SearchVectorField()

    class Meta:
        db_table = "published_decision"
        indexes = [
            models.Index(fields=["-decided_on", "public_id"], name="published_by_day"),
            models.Index(
                fields=["agency_code", "-decided_on", "public_id"], name="published_by_agency"
            ),
            GinIndex(
                fields=["terms", "agency_code", "kinds", "region_code"],
                name="published_by_terms",
            ),
            GinIndex(fields=["case_name"], opclasses=["gin_trgm_ops"], name="published_by_name"),
        ]


class Tombstone(models.Model):
    """What stands where a published decision stood: that it is gone, since when, and why. No
    number, no name, no facts; the proofs stay."""

    public_id = models.CharField("公示编号", max_length=16, primary_key=True)
    agency_code = models.CharField("机关代码", max_length=32)
    agency_name = models.CharField("作出决定的机关", max_length=120)
    published_at = models.DateTimeField("公示时间")
    withdrawn_at = models.DateTimeField("撤下时间")
    ground = models.CharField("撤下的情形", max_length=16)
    sha256 = models.CharField("公示记录摘要值", max_length=64)
    event_hash = models.TextField("公示的账本记录摘要")
    withdrawal_id = models.UUIDField("撤下的账本记录")
    withdrawal_hash = models.TextField("撤下的账本记录摘要")

    class Meta:
        db_table = "publication_tombstone"


class PublicRoot(models.Model):
    """A daily root of the ledger as the portal prints it; a day may have a further one."""

    number = models.IntegerField("序号", primary_key=True)
    day = models.DateField("日期", db_index=True)
    statement = models.TextField("声明")
    hash = models.CharField("摘要", max_length=64)
    signature = models.TextField("签名")
    certificate = models.TextField("证书")
    stamped = models.BooleanField("附可信时间戳", default=False)

    class Meta:
        db_table = "public_root"
