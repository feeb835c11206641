"""Regions of the city, and what an agency is called, prints and answers to, dated."""

from __future__ import annotations

from django.db import models

from zhifa.accounts.models import Organ
from zhifa.law.remedies import BodyKind
from zhifa.registry.models.dated import Dated


class Region(models.Model):
    """An administrative region (行政区划) by its code of GB/T 2260."""

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    full_name = models.CharField("全称", max_length=120)
    level = models.CharField("层级", max_length=12)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class AgencyProfile(Dated):
    """What stands on an agency's documents: names, 机关代字, seal, addresses, bank."""

    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="agency_code",
        related_name="profiles",
    )
    full_name = models.CharField("机关全称", max_length=120)
    short_name = models.CharField("机关简称", max_length=60)
    word = models.CharField("机关代字", max_length=20, blank=True, default="")
    letterhead = models.CharField("发文机关标志", max_length=120)
    seal_name = models.CharField("印章名称", max_length=120)
    region_code = models.CharField("区划", max_length=12)
    level = models.CharField("层级", max_length=12)
    field = models.CharField("执法领域", max_length=32, default="general")
    usc_code = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    address = models.CharField("地址", max_length=200, blank=True, default="")
    postcode = models.CharField("邮政编码", max_length=6, blank=True, default="")
    phone = models.CharField("联系电话", max_length=30, blank=True, default="")
    complaint_phone = models.CharField("监督电话", max_length=30, blank=True, default="")
    bank = models.CharField("代收机构", max_length=120, blank=True, default="")
    bank_account_name = models.CharField("收款户名", max_length=120, blank=True, default="")
    bank_account_no = models.CharField("收款账号", max_length=40, blank=True, default="")
    payment_code = models.CharField("执收编码", max_length=40, blank=True, default="")
    payment_channels = models.CharField("缴款方式", max_length=300, blank=True, default="")
    enforces = models.BooleanField("行政执法主体", default=True)
    supervises = models.BooleanField("行政执法监督机关", default=False)
    body_kind = models.CharField(
        "机关性质",
        max_length=16,
        default="department",
        choices=[(k.value, k.name) for k in BodyKind],
    )
    seat = models.CharField("所在地区划", max_length=12)
    government = models.CharField("本级人民政府", max_length=32, blank=True, default="")
    superior = models.CharField("上级机关", max_length=32, blank=True, default="")
    local_government = models.CharField("派驻地人民政府", max_length=32, blank=True, default="")
    """Of a sub-office set up by area: the government of the place, which may hear appeals too."""

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["organ", "valid_from"], name="one_profile_per_agency_and_day"
            ),
        ]
