from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_numbers_and_templates")]

    operations = [
        migrations.RemoveConstraint(model_name="volume", name="one_volume_per_file_and_part"),
        migrations.AddField(
            model_name="volume",
            name="agency_code",
            field=models.CharField(default="", max_length=32, verbose_name="机关"),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE archive_volume v SET agency_code = m.agency_code"
            " FROM matter m WHERE m.id = v.matter_id",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="volume",
            constraint=models.UniqueConstraint(
                fields=("agency_code", "file_no", "part"), name="one_volume_per_file_and_part"
            ),
        ),
    ]
