"""Numbers in their three parts, templates kept as they were, and what may move afterwards.

Development databases hold rows already: their parts are read out of the printed number.
"""

from django.db import migrations, models

WORDS = {
    "clue_registration": "源",
    "filing_approval": "案",
    "preservation_notice": "登保",
    "preservation_disposal": "登处",
    "correction_order": "责改",
    "review_opinion": "审",
    "prior_notice": "告",
    "hearing_notice": "听通",
    "penalty_decision": "罚",
    "no_penalty_decision": "不罚",
    "payment_notice": "缴",
}

FILL = """
UPDATE document d SET region_code = m.region_code FROM matter m WHERE m.id = d.matter_id;
UPDATE document SET year = substring(number from '〔(\\d+)〕')::int,
    serial = substring(number from '〕(\\d+)号')::int, word = w.word
FROM (VALUES {words}) AS w (kind, word) WHERE document.kind = w.kind AND number <> '';
UPDATE evidence SET serial = substring(number from '\\d+')::int;
""".replace("{words}", ", ".join(f"('{kind}', '{word}')" for kind, word in WORDS.items()))

KEPT = ("template_text", "void_number", "document_seal", "document_service", "archive_volume")

GUARDS = "".join(
    f"""
CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM zhifa_app;
"""
    for table in (*KEPT, "evidence")
) + """
CREATE OR REPLACE FUNCTION document_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.matter_id, NEW.agency_code, NEW.region_code, NEW.kind, NEW.title, NEW.number,
        NEW.word, NEW.year, NEW.serial, NEW.template, NEW.template_version, NEW.digest,
        NEW.issued_on, NEW.outward, NEW.internal) IS DISTINCT FROM
       (OLD.id, OLD.matter_id, OLD.agency_code, OLD.region_code, OLD.kind, OLD.title, OLD.number,
        OLD.word, OLD.year, OLD.serial, OLD.template, OLD.template_version, OLD.digest,
        OLD.issued_on, OLD.outward, OLD.internal)
        OR (OLD.pdf_key <> '' AND NEW.pdf_key <> OLD.pdf_key)
        OR (OLD.sealed_key <> '' AND NEW.sealed_key <> OLD.sealed_key)
        OR (OLD.sealed_on IS NOT NULL AND NEW.sealed_on IS DISTINCT FROM OLD.sealed_on)
        OR (OLD.served_on IS NOT NULL AND NEW.served_on IS DISTINCT FROM OLD.served_on)
        OR (NEW.served_on IS NOT NULL AND NEW.sealed_on IS NULL) THEN
        RAISE EXCEPTION 'document: what an act fixed is not changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_is_kept BEFORE DELETE ON document
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
CREATE FUNCTION counter_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.agency_code, NEW.word, NEW.year) IS DISTINCT FROM
       (OLD.agency_code, OLD.word, OLD.year) OR NEW.value <> OLD.value + 1 THEN
        RAISE EXCEPTION 'document_counter: a number follows the one before'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_goes_up BEFORE UPDATE ON document_counter
    FOR EACH ROW EXECUTE FUNCTION counter_goes_up();
CREATE TRIGGER counter_is_kept BEFORE DELETE ON document_counter
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
REVOKE DELETE, TRUNCATE ON document_counter FROM zhifa_app;
"""
OPENED = "".join(
    f"DROP TRIGGER {table}_is_kept ON {table};\n" for table in (*KEPT, "evidence", "document")
) + """
DROP TRIGGER counter_is_kept ON document_counter;
DROP TRIGGER counter_goes_up ON document_counter;
DROP FUNCTION counter_goes_up();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0002_contents_are_kept")]

    operations = [
        migrations.CreateModel(
            name="TemplateText",
            fields=[
                (
                    "version",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="模板版本"
                    ),
                ),
                ("template", models.CharField(max_length=80, verbose_name="模板")),
                ("files", models.TextField(verbose_name="内容")),
            ],
            options={"db_table": "template_text"},
        ),
        migrations.CreateModel(
            name="VoidNumber",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency_code", models.CharField(max_length=32, verbose_name="机关")),
                ("word", models.CharField(max_length=20, verbose_name="文种字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("serial", models.PositiveIntegerField(verbose_name="序号")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("voided_on", models.DateField(verbose_name="作废日期")),
                ("voided_by", models.UUIDField(verbose_name="作废人")),
            ],
            options={"db_table": "void_number"},
        ),
        migrations.AddConstraint(
            model_name="voidnumber",
            constraint=models.UniqueConstraint(
                fields=("agency_code", "word", "year", "serial"), name="a_number_is_void_once"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="region_code",
            field=models.CharField(default="", max_length=12, verbose_name="区划"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="word",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="文种字"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="年度"),
        ),
        migrations.AddField(
            model_name="document",
            name="serial",
            field=models.PositiveIntegerField(null=True, verbose_name="序号"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="serial",
            field=models.PositiveIntegerField(default=0, verbose_name="序号"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # what was filled leaves checks to be made at commit, which bar a change of the table
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("word", ""), _negated=True),
                fields=("agency_code", "word", "year", "serial"),
                name="one_document_per_serial",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("matter", "serial"), name="one_evidence_per_serial"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("outward", True), ("sealed_on__isnull", True)),
                fields=["agency_code", "issued_on", "id"],
                name="documents_to_seal",
            ),
        ),
        migrations.RunSQL(GUARDS, OPENED),
    ]
