"""What is public stands in the portal's schema; what was known of a party is never rewritten."""

from django.db import migrations

PUBLIC = (
    "region",
    "agencyprofile",
    "competenceassignment",
    "officercard",
    "power",
    "benchmarkedition",
    "statute",
    "statuteversion",
    "article",
)
INSERT_ONLY = ("partyversion", "partyclassification")


def _sql(lines: list[str]) -> str:
    return ";\n".join(lines)


OUT = _sql(
    [
        line
        for table in PUBLIC
        for line in (
            f"ALTER TABLE registry_{table} SET SCHEMA portal",
            f"GRANT SELECT ON portal.registry_{table} TO zhifa_portal",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON portal.registry_{table} TO zhifa_app",
        )
    ]
)
BACK = _sql([f"ALTER TABLE portal.registry_{table} SET SCHEMA zhifa" for table in PUBLIC])


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_registers")]

    operations = [
        migrations.RunSQL(OUT, BACK),
        migrations.RunSQL(
            _sql([f"REVOKE UPDATE, DELETE ON registry_{t} FROM zhifa_app" for t in INSERT_ONLY]),
            _sql([f"GRANT UPDATE, DELETE ON registry_{t} TO zhifa_app" for t in INSERT_ONLY]),
        ),
    ]
