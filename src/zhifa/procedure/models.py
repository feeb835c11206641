"""The spine: every file of its own is a matter; the rest of the house hangs on its id."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Matter(models.Model):
    """Whatever has a deadline or a file of its own. Its id is that of its ledger stream.

    `seq`, `phase` and `closed` repeat what the ledger says, for lists; only `perform` moves them.
    """

    id = models.UUIDField(primary_key=True)
    procedure = models.CharField("程序", max_length=40)
    version = models.SmallIntegerField("程序版本")
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    unit_code = models.CharField("承办机构", max_length=40, blank=True)
    title = models.CharField("名称", max_length=200)
    opened_on = models.DateField("登记日期")
    last_on = models.DateField("最近办理日期")
    seq = models.IntegerField("末号", default=0)
    phase = models.CharField("阶段", max_length=20)
    closed = models.BooleanField("已办结", default=False)
    handlers = models.JSONField("承办人", default=list)
    demo = models.BooleanField("演示", default=False)

    class Meta:
        db_table = "matter"
        indexes = [
            models.Index(
                fields=["agency_code", "closed", "-last_on", "id"], name="matters_by_agency"
            ),
            models.Index(fields=["procedure", "-opened_on", "id"], name="matters_by_procedure"),
        ]


class MatterLink(models.Model):
    """One matter belongs to another: a review to its case, a publication to its decision."""

    from_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_out")
    to_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField("关系", max_length=40)

    class Meta:
        db_table = "matter_link"
        constraints = [
            models.UniqueConstraint(
                fields=["from_matter", "to_matter", "kind"], name="one_link_of_a_kind"
            )
        ]


class RunningTerm(models.Model):
    """A term as the ledger has it now, for lists by due day; written by `perform` alone."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="terms")
    agency_code = models.CharField("机关", max_length=32)
    code = models.CharField("期限", max_length=40)
    key = models.CharField("对象", max_length=64, blank=True)
    start_on = models.DateField("起算日")
    raw_due_on = models.DateField("计算届满日")
    due_on = models.DateField("届满日")
    addressee = models.CharField("义务人", max_length=10)
    provisional = models.BooleanField("暂定", default=False)
    stopped_on = models.DateField("终止日", null=True)
    started_seq = models.IntegerField("起算序号")

    class Meta:
        db_table = "running_term"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "code", "key", "started_seq"], name="one_term_per_start"
            )
        ]
        indexes = [
            models.Index(
                fields=["agency_code", "due_on", "id"],
                condition=Q(stopped_on__isnull=True),
                name="terms_that_run",
            )
        ]


class TodoItem(models.Model):
    """A step that a matter waits for, and the duty or person that owes it: a projection."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="todo")
    step = models.CharField("步骤", max_length=60)
    title = models.CharField("事项", max_length=80)
    agency_code = models.CharField("机关", max_length=32)
    duties = models.JSONField("岗位", default=list)
    person_ids = models.JSONField("承办人", default=list)
    due_on = models.DateField("期限", null=True)
    term = models.CharField("期限代码", max_length=40, blank=True)
    since = models.DateField("自")

    class Meta:
        db_table = "todo_item"
        constraints = [models.UniqueConstraint(fields=["matter", "step"], name="one_todo_per_step")]
        indexes = [models.Index(fields=["agency_code", "due_on", "id"], name="todo_by_agency")]


class Draft(models.Model):
    """What a person has filled in and not yet done; theirs alone, gone when the step is done."""

    person_id = models.UUIDField("填写人")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True)
    step = models.CharField("步骤", max_length=60)
    content = models.JSONField("内容")
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        db_table = "draft"
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "matter", "step"],
                name="one_draft_per_person_matter_and_step",
                nulls_distinct=False,
            )
        ]
