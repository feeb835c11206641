"""What a document was issued with is never changed: by privilege for the app, by trigger for all."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER document_content_is_kept BEFORE UPDATE OR DELETE ON document_content
    FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON document_content FROM zhifa_app;
CREATE FUNCTION document_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.matter_id, NEW.kind, NEW.number, NEW.template, NEW.template_version,
        NEW.digest, NEW.issued_on) IS DISTINCT FROM
       (OLD.id, OLD.matter_id, OLD.kind, OLD.number, OLD.template, OLD.template_version,
        OLD.digest, OLD.issued_on) THEN
        RAISE EXCEPTION 'document: what an act fixed is not changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document
    FOR EACH ROW EXECUTE FUNCTION document_is_fixed();
REVOKE DELETE, TRUNCATE ON document FROM zhifa_app;
"""
BACKWARD = """
DROP TRIGGER document_is_fixed ON document;
DROP FUNCTION document_is_fixed();
DROP TRIGGER document_content_is_kept ON document_content;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_records"), ("kernel", "0002_ledger_guards")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
