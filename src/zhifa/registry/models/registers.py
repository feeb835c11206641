"""Which stream of the ledger records the changes of which register."""

from django.db import models


class RegisterStream(models.Model):
    """One stream for each register and agency."""

    register = models.CharField("名册", max_length=40)
    agency_code = models.CharField("机关", max_length=32)
    stream_id = models.UUIDField("账本", unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "agency_code"], name="one_stream_per_register_and_agency"
            )
        ]
