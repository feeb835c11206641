"""Who exercises which powers where, and in whose name: dated rows from published documents."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zhifa.law.competence import Mode
from zhifa.registry.models.dated import Dated


class CompetenceAssignment(Dated):
    """An assignment of competence. Powers are codes of powers, or of whole fields."""

    code = models.CharField("登记号", max_length=60, unique=True)
    powers = ArrayField(models.CharField(max_length=60), verbose_name="事项或者领域")
    areas = ArrayField(models.CharField(max_length=12), verbose_name="区划")
    level = models.CharField("层级", max_length=12)
    agency_code = models.CharField("行使机关", max_length=32, db_index=True)
    mode = models.CharField("方式", max_length=16, choices=[(m.value, m.label) for m in Mode])
    name = models.CharField("署名", max_length=120)
    seal = models.CharField("印章", max_length=120)
    in_name_of = models.CharField("以谁名义", max_length=32)
    review_unit = models.CharField("法制审核机构", max_length=80)
    respondent = models.CharField("复议被申请人", max_length=32)
    source = models.CharField("依据文件", max_length=200)
    cites = ArrayField(models.CharField(max_length=40), verbose_name="法律依据", default=list)

    class Meta(Dated.Meta):
        indexes = [GinIndex(fields=["powers", "areas"], name="competence_by_power_and_area")]
