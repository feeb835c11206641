"""What lists of supervision need: warnings, notices, and who read which case why."""

from __future__ import annotations

from django.db import models

from zhifa.procedure.models import Matter


class CaseWarning(models.Model):
    """A warning on a case: from which day at which level. A projection of the ledger; the day on
    which it is looked at decides its level, so that no day needs a run of its own."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="warnings")
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    rule = models.CharField("预警规则", max_length=40)
    key = models.CharField("对象", max_length=120)
    words = models.CharField("情形", max_length=300)
    begins_on = models.DateField("起始日")
    watch_on = models.DateField("蓝色自", null=True)
    near_on = models.DateField("黄色自", null=True)
    over_on = models.DateField("橙色自", null=True)
    grave_on = models.DateField("红色自", null=True)
    due_on = models.DateField("届满日", null=True)
    ended_on = models.DateField("补正日期", null=True)

    class Meta:
        db_table = "supervision_warning"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "rule", "key"], name="one_warning_per_rule_and_key"
            )
        ]
        indexes = [
            models.Index(fields=["agency_code", "begins_on", "id"], name="warnings_by_agency"),
            models.Index(fields=["begins_on", "id"], name="warnings_by_day"),
        ]


class SupervisionNotice(models.Model):
    """A notice of the supervision body to an agency, beside its matter."""

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", "待审批"
        DECLINED = "DECLINED", "不予发出"
        ISSUED = "ISSUED", "待用印送达"
        DELIVERED = "DELIVERED", "待答复"
        ANSWERED = "ANSWERED", "待评估"
        EVALUATED = "EVALUATED", "待办结"
        CLOSED = "CLOSED", "已办结"

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="supervision_notice"
    )
    case_matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="supervision_notices"
    )
    body_code = models.CharField("监督机关", max_length=32)
    agency_code = models.CharField("被监督机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    rule = models.CharField("预警规则", max_length=40, blank=True)
    case_no = models.CharField("案号", max_length=60)
    number = models.CharField("文号", max_length=60, blank=True)
    document_id = models.UUIDField("通知书", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField("提出日期")
    delivered_on = models.DateField("送达日期", null=True)
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        db_table = "supervision_notice"
        indexes = [
            models.Index(fields=["body_code", "-proposed_on", "matter"], name="notices_by_body"),
            models.Index(
                fields=["agency_code", "-proposed_on", "matter"], name="notices_to_agency"
            ),
            models.Index(fields=["case_matter", "rule"], name="notices_of_case"),
        ]


class Reading(models.Model):
    """Somebody of the supervision body opened a case to read, for a stated purpose; it is good for
    that day. The supervised agency's head sees the list."""

    id = models.UUIDField(primary_key=True)
    case_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="readings")
    case_no = models.CharField("案号", max_length=60)
    body_code = models.CharField("监督机关", max_length=32)
    agency_code = models.CharField("被监督机关", max_length=32)
    person_id = models.UUIDField("调阅人")
    person_name = models.CharField("调阅人姓名", max_length=60)
    purpose = models.CharField("调阅目的", max_length=200)
    read_on = models.DateField("调阅日期")
    read_at = models.DateTimeField("调阅时间")

    class Meta:
        db_table = "supervision_reading"
        indexes = [
            models.Index(fields=["agency_code", "-read_at", "id"], name="readings_of_agency"),
            models.Index(fields=["body_code", "-read_at", "id"], name="readings_by_body"),
        ]
