"""Powers (权责事项) and discretion benchmarks, as published data with their days."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhifa.registry.models.dated import Dated


class Power(Dated):
    """An enforcement power in one version. Articles are keys of citations, never their text."""

    code = models.CharField("事项编码", max_length=60, db_index=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    name = models.CharField("事项名称", max_length=200)
    field = models.CharField("领域", max_length=32)
    act = models.CharField("行为类别", max_length=32, default="administrative_penalty")
    violated = ArrayField(models.CharField(max_length=40), verbose_name="违则")
    penalty = ArrayField(models.CharField(max_length=40), verbose_name="罚则")
    kinds = ArrayField(models.CharField(max_length=40), verbose_name="处罚种类")
    range = models.JSONField("罚款幅度", null=True, blank=True)
    conditions = models.CharField("适用条件", max_length=300, blank=True, default="")
    levels = ArrayField(models.CharField(max_length=12), verbose_name="行使层级", default=list)
    benchmark_code = models.CharField("裁量基准", max_length=80, blank=True, default="")
    keeper = models.CharField("编制机关", max_length=32, default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "version"], name="one_power_per_version"),
            models.CheckConstraint(
                condition=~models.Q(violated=[]) & ~models.Q(penalty=[]) & ~models.Q(kinds=[]),
                name="a_power_cites_and_penalises",
            ),
        ]


class BenchmarkEdition(Dated):
    """One edition of a discretion benchmark (裁量基准); an example says that it is one."""

    code = models.CharField("基准编码", max_length=80, db_index=True)
    title = models.CharField("名称", max_length=200)
    power_code = models.CharField("事项编码", max_length=60)
    status = models.CharField(
        "性质", max_length=12, choices=[("published", "已公布"), ("example", "示例")]
    )
    content = models.JSONField("内容")
    keeper = models.CharField("编制机关", max_length=32, default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="one_edition_per_benchmark_and_day"
            ),
        ]
