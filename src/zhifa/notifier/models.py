"""Messages that were planned, each to one person about one thing, sent once."""

from __future__ import annotations

from django.db import models


class Notification(models.Model):
    """A message, before and after it went out. `subject` is what it is about: the same person is
    told the same thing once, however often it is planned."""

    class Kind(models.TextChoices):
        DIGEST = "DIGEST", "每日摘要"
        SOON = "SOON", "三日内到期"
        TODAY = "TODAY", "今日到期"
        OVERDUE = "OVERDUE", "逾期"

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField("收件人")
    username = models.CharField("登录名", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    subject = models.CharField("事由", max_length=200)
    day = models.DateField("日期")
    text = models.TextField("内容")
    planned_at = models.DateTimeField("拟定时间")
    sent_at = models.DateTimeField("发送时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("错误", max_length=200, blank=True)

    class Meta:
        db_table = "notification"
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind", "subject"], name="a_person_is_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["planned_at", "id"],
                condition=models.Q(sent_at__isnull=True),
                name="notifications_to_send",
            )
        ]
