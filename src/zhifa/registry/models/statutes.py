"""The statute library: laws, their versions by our own dated table, and articles."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class StatuteSource(models.Model):
    """A source of texts that was loaded, and the digest of what it was then."""

    name = models.CharField("来源", max_length=200, primary_key=True)
    digest = models.CharField("摘要", max_length=64)
    articles = models.PositiveIntegerField("条文数", default=0)


class Statute(models.Model):
    """A law, regulation or rule. Its code is ours where our dated table holds it."""

    code = models.CharField("代码", max_length=40, primary_key=True)
    title = models.CharField("名称", max_length=200, db_index=True)
    short = models.CharField("简称", max_length=200)
    issuer = models.CharField("制定机关", max_length=80, blank=True, default="")
    level = models.CharField("效力级别", max_length=24, blank=True, default="")
    in_table = models.BooleanField("列入本系统法规表", default=False)

    def __str__(self) -> str:
        return self.title


class StatuteVersion(models.Model):
    """One version of a statute. Days of force come from our table, or are not known."""

    statute = models.ForeignKey(Statute, on_delete=models.CASCADE, related_name="versions")
    promulgated = models.DateField("公布", null=True, blank=True)
    in_force_from = models.DateField("施行", null=True, blank=True)
    in_force_until = models.DateField("终止施行", null=True, blank=True)
    number = models.CharField("文号", max_length=120, blank=True, default="")
    grade = models.CharField("收录等级", max_length=12)
    dates_source = models.CharField("时间效力来源", max_length=200, blank=True, default="")
    text_source = models.CharField(
        "文本来源", max_length=200, blank=True, default="", db_index=True
    )
    standing = models.CharField("来源所称状态", max_length=24, blank=True, default="")
    article_count = models.PositiveIntegerField("条文数", default=0)
    digest = models.CharField("文本摘要", max_length=64, blank=True, default="")

    class Meta:
        ordering = ["in_force_from", "promulgated"]


class Article(models.Model):
    """An article of a version. The heading is as the text has it; number and suffix are for us."""

    version = models.ForeignKey(StatuteVersion, on_delete=models.CASCADE, related_name="articles")
    position = models.PositiveIntegerField("序")
    number = models.PositiveIntegerField("条", null=True, blank=True)
    suffix = models.PositiveSmallIntegerField("之", default=0)
    heading = models.CharField("条号", max_length=40)
    part = models.CharField("编章节", max_length=200, blank=True, default="")
    text = models.TextField("条文")
    terms = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["version", "number", "suffix"], name="articles_by_number"),
            GinIndex(fields=["terms"], name="articles_by_terms"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_article_per_position")
        ]
