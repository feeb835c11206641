"""People who sign in, and organs with their units as identities.

What a person may do, and what an organ may decide, stands in the registry, dated.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhifa.kernel.ids import uuid7


class People(BaseUserManager["Person"]):
    """People by their sign-in name, which is matched as it was given."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in by this name."""
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A natural person who signs in; never deleted, only made inactive."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("可以登录", default=True)
    session_key = models.CharField("当前会话", max_length=40, blank=True, default="")
    """The one session that this person holds; a new sign-in ends it."""

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(username="") & ~models.Q(name=""), name="people_have_names"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Organ(models.Model):
    """An organ of the state as an identity, in the tree of who stands under whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("机关代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=120)
    region_code = models.CharField("区划", max_length=12, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An inner unit (内设机构) of an organ: it handles and reviews, never in its own name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="units")
    code = models.CharField("机构代码", max_length=32)
    name = models.CharField("名称", max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "code"], name="one_unit_per_code"),
        ]

    def __str__(self) -> str:
        return self.name
