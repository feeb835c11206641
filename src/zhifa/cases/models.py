"""Penalty cases as lists and other rooms need them; what happened stands in the ledger."""

from __future__ import annotations

from django.db import models

from zhifa.procedure.models import Matter


class Case(models.Model):
    """A penalty case beside its matter: its numbers, its cause, its party, its dates."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    clue_no = models.CharField("案源编号", max_length=60, unique=True)
    case_no = models.CharField("案号", max_length=60, unique=True, null=True)
    cause = models.CharField("案由", max_length=200, blank=True)
    party_id = models.UUIDField("当事人", null=True)
    party_name = models.CharField("当事人名称", max_length=160, blank=True)
    power = models.CharField("执法事项", max_length=60, blank=True)
    received_on = models.DateField("收到线索日期")
    filed_on = models.DateField("立案日期", null=True)
    decided_on = models.DateField("决定日期", null=True)
    closed_on = models.DateField("结案日期", null=True)
    outcome = models.CharField("决定的变动", max_length=20, blank=True, default="", db_default="")
    """What later became of the decision, where anything did; for lists."""

    class Meta:
        db_table = "penalty_case"
        indexes = [
            models.Index(fields=["agency_code", "-received_on", "matter"], name="cases_by_agency"),
            models.Index(fields=["-received_on", "-matter"], name="cases_by_day"),
            models.Index(fields=["party_id"], name="cases_by_party"),
        ]


class Decision(models.Model):
    """The decision that a case ended in; its content stands in its document and in the ledger."""

    id = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("处理结果", max_length=24)
    number = models.CharField("决定书文号", max_length=60, blank=True)
    document_id = models.UUIDField("决定书", null=True)
    decided_on = models.DateField("决定日期")
    power = models.CharField("执法事项", max_length=60)
    party_id = models.UUIDField("当事人")
    kinds = models.JSONField("处罚种类", default=list)
    fine_fen = models.BigIntegerField("罚款", default=0)
    confiscated_fen = models.BigIntegerField("没收金额", default=0)
    goods_value_fen = models.BigIntegerField("货值金额", null=True)
    leniency = models.CharField("裁量情节", max_length=24, blank=True)
    ground = models.CharField("不予处罚的理由", max_length=24, blank=True)
    outcome = models.CharField("复议、诉讼等结果", max_length=24, blank=True)

    class Meta:
        db_table = "penalty_decision"
        indexes = [
            models.Index(fields=["-decided_on", "id"], name="decisions_by_day"),
            models.Index(fields=["power", "-decided_on"], name="decisions_by_power"),
        ]


class Payment(models.Model):
    """Money that the collecting bank received for a case."""

    act_id = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="payments")
    fine_fen = models.BigIntegerField("罚款")
    gain_fen = models.BigIntegerField("没收款")
    surcharge_fen = models.BigIntegerField("加处罚款")
    paid_on = models.DateField("缴款日期")
    receipt = models.CharField("票据号码", max_length=60)
    bank = models.CharField("代收机构", max_length=100)

    class Meta:
        db_table = "penalty_payment"
        constraints = [
            models.UniqueConstraint(fields=["receipt", "bank"], name="one_payment_per_receipt")
        ]
