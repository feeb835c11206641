"""A change of a register that one person proposes and another approves, which publishes it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.accounts.models import Person
from zhifa.kernel.ids import uuid7


class ChangeProposal(models.Model):
    """A proposed change: of powers (several of an import at once), of a benchmark, of an agency's
    names and bank, of a person's second proof, or units, people and posts from a file.

    ``items`` are the proposed contents in order; ``base`` names for each code the version that the
    proposer had before them, so that nobody approves over a change made meanwhile.
    """

    class Kind(models.TextChoices):
        """What would change."""

        POWERS = "powers", "权责事项"
        BENCHMARK = "benchmark", "裁量基准"
        PROFILE = "profile", "机关信息"
        RESET = "reset", "重置二次验证"
        STAFF = "staff", "人员导入"

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待审核"
        APPROVED = "approved", "已发布"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    keeper = models.CharField("编制机关", max_length=32)
    codes = ArrayField(models.CharField(max_length=80), verbose_name="编码")
    items = models.JSONField("内容")
    base = models.JSONField("所据版本", default=dict)
    valid_from = models.DateField("施行日期")
    reason = models.CharField("理由", max_length=300)
    source_file = models.CharField("来源文件", max_length=120, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("提出日期")
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_on = models.DateField("审核日期", null=True, blank=True)
    opinion = models.CharField("审核意见", max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["keeper", "state", "-id"], name="proposals_by_keeper"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by"))
                | models.Q(state="withdrawn"),
                name="nobody_approves_what_they_proposed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_by__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_by__isnull=False)),
                name="what_is_decided_names_who_decided",
            ),
        ]
