"""The kernel's tables: the ledger, its readers, the vault's register, the demo mark.

What may be changed in them, and by whom, is said by privileges and triggers in the migrations.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast


class DemoMark(models.Model):
    """One row, never taken away: this database is a demonstration."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    marked_at = models.DateTimeField("标记时间")

    class Meta:
        db_table = "demo_mark"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_demo_mark")]


class LedgerStream(models.Model):
    """A sequence of events that are chained to one another: a matter, a register, a day's reads."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField("种类", max_length=40)
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    head_seq = models.IntegerField("末号", default=0)
    head_hash = models.TextField("末项摘要")

    class Meta:
        db_table = "ledger_stream"
        constraints = [
            models.CheckConstraint(condition=Q(head_seq__gte=0), name="a_stream_begins_at_zero")
        ]


class LedgerEvent(models.Model):
    """One thing that happened: the audit record, the message to the house, and the proof.

    Three more columns, ``epoch``, ``xid`` and ``position``, are kept by a trigger for the readers'
    order (see :mod:`zhifa.kernel.readers`). They are no part of what is hashed.
    """

    id = models.UUIDField(primary_key=True)
    stream = models.ForeignKey(LedgerStream, on_delete=models.PROTECT, db_index=False)
    seq = models.IntegerField("序号")
    kind = models.CharField("事项", max_length=80)
    version = models.SmallIntegerField("版本")
    body = models.TextField("正文")
    data = models.GeneratedField(
        expression=Cast("body", models.JSONField()),
        output_field=models.JSONField(),
        db_persist=True,
    )
    act_id = models.UUIDField("行为编号", db_index=True)
    actor_id = models.UUIDField("行为人", null=True)
    duty = models.CharField("岗位", max_length=40, blank=True)
    agency_code = models.CharField("机关", max_length=32)
    occurred_at = models.CharField("发生于", max_length=32)
    recorded_at = models.DateTimeField("记录于")
    algorithm = models.CharField("算法", max_length=16)
    prev = models.TextField("前项摘要")
    hash = models.TextField("摘要")

    class Meta:
        db_table = "ledger_event"
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="one_event_per_place"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="events_count_from_one"),
        ]


class LedgerPrivate(models.Model):
    """Personal data or narrative of an event; the event itself holds only a salted commitment."""

    event = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False)
    name = models.CharField("名称", max_length=80)
    salt = models.BinaryField("盐")
    content = models.TextField("内容")

    class Meta:
        db_table = "ledger_private"
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="one_private_part_per_name")
        ]


class LedgerDisposal(models.Model):
    """The tombstone of a private part: who ordered that it go, who did it, which event says so."""

    event = models.ForeignKey(
        LedgerEvent, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField("名称", max_length=80)
    ordered_by = models.UUIDField("决定人")
    executed_by = models.UUIDField("执行人")
    recorded_in = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "ledger_disposal"
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="disposed_of_once"),
            models.CheckConstraint(
                condition=~Q(ordered_by=F("executed_by")), name="disposal_takes_two_people"
            ),
        ]


class LedgerRoot(models.Model):
    """A signed statement over the heads of all streams, chained to the one before; each day one.

    An export may ask for a further one, so that what happened today is covered too.
    """

    number = models.IntegerField("序号", primary_key=True)
    day = models.DateField("日期", db_index=True)
    statement = models.TextField("声明")
    hash = models.CharField("摘要", max_length=64)
    signature = models.TextField("签名")
    certificate = models.TextField("证书")
    timestamp_token = models.BinaryField("时间戳", null=True)

    class Meta:
        db_table = "ledger_root"


class LedgerEpoch(models.Model):
    """A life of the database cluster: transaction numbers are compared only within one."""

    number = models.IntegerField(primary_key=True)
    cluster = models.CharField(max_length=32)

    class Meta:
        db_table = "ledger_epoch"


class ReaderCursor(models.Model):
    """How far a projection has followed the ledger."""

    reader = models.CharField("读者", max_length=80, primary_key=True)
    epoch = models.IntegerField(default=0)
    xid = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField("更新时间", null=True)

    class Meta:
        db_table = "reader_cursor"


class StuckStream(models.Model):
    """A stream that one reader stopped reading, from one event on, until somebody settles it."""

    reader = models.CharField("读者", max_length=80)
    stream = models.ForeignKey(LedgerStream, on_delete=models.PROTECT)
    seq = models.IntegerField("自序号")
    error = models.TextField("原因")
    attempts = models.IntegerField("次数", default=1)
    since = models.DateTimeField("自")
    tried_at = models.DateTimeField("最近尝试")

    class Meta:
        db_table = "reader_stuck"
        constraints = [
            models.UniqueConstraint(fields=["reader", "stream"], name="stuck_once_per_reader")
        ]


class SettledEvent(models.Model):
    """A person decided that a reader passes over an event, and why."""

    reader = models.CharField("读者", max_length=80)
    event = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT)
    settled_by = models.UUIDField("处理人")
    reason = models.TextField("理由")
    settled_at = models.DateTimeField("处理时间")

    class Meta:
        db_table = "reader_settled"
        constraints = [
            models.UniqueConstraint(fields=["reader", "event"], name="settled_once_per_reader")
        ]


class EffectRun(models.Model):
    """One effect of one event: owed once, done once."""

    class State(models.TextChoices):
        OWED = "OWED", "待办"
        DONE = "DONE", "已办"
        FAILED = "FAILED", "失败"
        SETTLED = "SETTLED", "已处理"

    event = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False)
    effect = models.CharField("事务", max_length=80)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OWED)
    attempts = models.IntegerField("次数", default=0)
    error = models.TextField("原因", blank=True)
    moved_at = models.DateTimeField("更新时间")

    class Meta:
        db_table = "effect_run"
        constraints = [
            models.UniqueConstraint(fields=["event", "effect"], name="one_run_per_event_and_effect")
        ]
        indexes = [
            models.Index(
                fields=["moved_at"],
                condition=~Q(state__in=["DONE", "SETTLED"]),
                name="effects_not_done",
            )
        ]


class VaultObject(models.Model):
    """A file in the vault: where it lies, what it is, and its own key, wrapped."""

    key = models.CharField("地址", max_length=40, primary_key=True)
    agency_code = models.CharField("机关", max_length=32)
    secrecy = models.CharField("密级", max_length=16)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    wrapped_key = models.BinaryField("数据密钥", null=True)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        db_table = "vault_object"
