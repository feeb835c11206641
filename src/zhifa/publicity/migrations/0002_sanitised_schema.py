"""The public tables stand in the portal's schema; what went public is never rewritten."""

from django.db import migrations

PUBLIC = ("published_decision", "publication_tombstone", "public_root")

OUT = ";\n".join(
    line
    for table in PUBLIC
    for line in (
        f"ALTER TABLE {table} SET SCHEMA portal",
        f"GRANT SELECT ON portal.{table} TO zhifa_portal",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON portal.{table} TO zhifa_app",
    )
)
BACK = ";\n".join(f"ALTER TABLE portal.{table} SET SCHEMA zhifa" for table in PUBLIC)


class Migration(migrations.Migration):
    dependencies = [("publicity", "0001_publications")]

    operations = [
        migrations.RunSQL(OUT, BACK),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON publication_notice FROM zhifa_app;"
            "REVOKE UPDATE, DELETE ON portal.publication_tombstone FROM zhifa_app",
            "GRANT UPDATE, DELETE ON publication_notice TO zhifa_app;"
            "GRANT UPDATE, DELETE ON portal.publication_tombstone TO zhifa_app",
        ),
    ]
