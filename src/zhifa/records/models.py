"""Documents, seals, services, evidence and volumes; their content stands in insert-only rows."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from zhifa.procedure.models import Matter


class Counter(models.Model):
    """The last serial given for one agency, kind of document and year: gap-free, locked last."""

    agency_code = models.CharField("机关", max_length=32)
    word = models.CharField("文种字", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    value = models.PositiveIntegerField("末号")

    class Meta:
        db_table = "document_counter"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "word", "year"], name="one_counter_per_word_and_year"
            )
        ]


class Document(models.Model):
    """An issued document. What it says is fixed by `digest`, which its act's event carries."""

    id = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="documents")
    agency_code = models.CharField("机关", max_length=32)
    region_code = models.CharField("区划", max_length=12)
    kind = models.CharField("文种", max_length=40)
    title = models.CharField("题名", max_length=80)
    number = models.CharField("文号", max_length=60, blank=True)
    word = models.CharField("文种字", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    serial = models.PositiveIntegerField("序号", null=True)
    template = models.CharField("模板", max_length=80)
    template_version = models.CharField("模板版本", max_length=64)
    digest = models.CharField("内容摘要", max_length=64)
    issued_on = models.DateField("成文日期")
    outward = models.BooleanField("对外")
    internal = models.BooleanField("副卷")
    pdf_key = models.CharField("版式文件", max_length=40, blank=True)
    sealed_key = models.CharField("用印文件", max_length=40, blank=True)
    sealed_on = models.DateField("用印日期", null=True)
    served_on = models.DateField("送达日期", null=True)

    class Meta:
        db_table = "document"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "number"],
                condition=~models.Q(number=""),
                name="one_document_per_number",
            ),
            models.UniqueConstraint(
                fields=["agency_code", "word", "year", "serial"],
                condition=~models.Q(word=""),
                name="one_document_per_serial",
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "issued_on", "id"], name="documents_of_matter"),
            models.Index(
                fields=["agency_code", "issued_on", "id"],
                condition=models.Q(outward=True, sealed_on__isnull=True),
                name="documents_to_seal",
            ),
        ]


class DocumentContent(models.Model):
    """The typed input that a document was issued with: personal data, insert-only."""

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    nonce = models.CharField("绑定值", max_length=64)
    input = models.TextField("内容")

    class Meta:
        db_table = "document_content"


class TemplateText(models.Model):
    """A template as it was when a document was issued, so that it can always be set again."""

    version = models.CharField("模板版本", max_length=64, primary_key=True)
    template = models.CharField("模板", max_length=80)
    files = models.TextField("内容")

    class Meta:
        db_table = "template_text"


class VoidNumber(models.Model):
    """A number that no valid document bears, and why."""

    id = models.UUIDField(primary_key=True)
    agency_code = models.CharField("机关", max_length=32)
    word = models.CharField("文种字", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    reason = models.CharField("理由", max_length=200)
    voided_on = models.DateField("作废日期")
    voided_by = models.UUIDField("作废人")

    class Meta:
        db_table = "void_number"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "word", "year", "serial"], name="a_number_is_void_once"
            )
        ]


class Seal(models.Model):
    """A seal set on a document: by whom, when, and the digest of the sealed file."""

    id = models.UUIDField(primary_key=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="seal")
    keeper_id = models.UUIDField("用印人")
    sealed_at = models.DateTimeField("用印时间")
    sha256 = models.CharField("用印文件摘要", max_length=64)

    class Meta:
        db_table = "document_seal"


class Service(models.Model):
    """A document served; names and place stand in the event's private part."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="services")
    proof = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    method = models.CharField("送达方式", max_length=20)
    served_on = models.DateField("送达日期")

    class Meta:
        db_table = "document_service"


class Evidence(models.Model):
    """A piece of evidence as lists show it; the five facts stand in its event."""

    id = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="evidence")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("证据编号", max_length=20)
    kind = models.CharField("证据种类", max_length=20)
    title = models.CharField("证据名称", max_length=200)
    collected_at = models.DateTimeField("采集时间")
    entered_on = models.DateField("登记日期")
    entered_by = models.UUIDField("登记人")
    uploaded_at = models.DateTimeField("上传时间")
    filename = models.CharField("原文件名", max_length=200, blank=True)
    mime = models.CharField("格式", max_length=80)
    vault_key = models.CharField("文件", max_length=40)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.BigIntegerField("字节数")

    class Meta:
        db_table = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_evidence_per_number"),
            models.UniqueConstraint(fields=["matter", "serial"], name="one_evidence_per_serial"),
        ]

    @property
    def delay(self) -> timedelta:
        """From collecting to uploading; rules on recordings set a limit to it."""
        return self.uploaded_at - self.collected_at


class Volume(models.Model):
    """A bound volume of a case file: main (正卷) or internal (副卷)."""

    id = models.UUIDField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="volumes")
    agency_code = models.CharField("机关", max_length=32)
    file_no = models.CharField("案卷号", max_length=60)
    part = models.CharField("卷别", max_length=10)
    retention = models.CharField("保管期限", max_length=20)
    papers = models.PositiveIntegerField("件数")
    pages = models.PositiveIntegerField("页数")
    archived_on = models.DateField("归档日期")

    class Meta:
        db_table = "archive_volume"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "file_no", "part"], name="one_volume_per_file_and_part"
            )
        ]
