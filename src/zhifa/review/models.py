"""Reviews as lists need them; what was found stands in the ledger."""

from __future__ import annotations

from django.db import models

from zhifa.procedure.models import Matter


class Review(models.Model):
    """One round of review of one proposal of a case."""

    class State(models.TextChoices):
        OPEN = "OPEN", "审核中"
        PASSED = "PASSED", "通过"
        RETURNED = "RETURNED", "退回"

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="review"
    )
    case_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reviews")
    agency_code = models.CharField("机关", max_length=32)
    kind = models.CharField("审核类别", max_length=24)
    round = models.PositiveSmallIntegerField("第几次")
    proposal = models.CharField("送审意见摘要值", max_length=64)
    submitted_on = models.DateField("送审日期")
    reviewer_id = models.UUIDField("审核人", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    concluded_on = models.DateField("审核日期", null=True)
    conclusion = models.CharField("结论", max_length=32, blank=True)

    class Meta:
        db_table = "review"
        constraints = [
            models.UniqueConstraint(
                fields=["case_matter"],
                condition=models.Q(state="OPEN"),
                name="one_open_review_per_case",
            ),
            models.UniqueConstraint(fields=["case_matter", "round"], name="one_review_per_round"),
        ]
        indexes = [
            models.Index(fields=["agency_code", "state", "submitted_on"], name="reviews_open")
        ]
