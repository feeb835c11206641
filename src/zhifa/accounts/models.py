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
    failed_proofs = models.PositiveSmallIntegerField("二次验证连续错误", default=0)
    proofs_locked_until = models.DateTimeField("二次验证暂停至", null=True, blank=True)

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


class Factor(models.Model):
    """A second proof (二次验证) of a person: a code of the minute, or a key that signs.

    The secret of codes is sealed; of a key only the public half is known.
    """

    class Kind(models.TextChoices):
        """What the person proves it with."""

        TOTP = "totp", "动态口令"
        PASSKEY = "passkey", "通行密钥"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    label = models.CharField("名称", max_length=40)
    secret_sealed = models.TextField("密钥（密）", blank=True, default="")
    last_step = models.BigIntegerField("最近使用的时间步", default=0)
    """The step of time whose code was used last; no code is good twice."""
    credential_id = models.CharField("凭据标识", max_length=1400, blank=True, default="")
    public_key = models.BinaryField("公钥", blank=True, default=b"")
    sign_count = models.BigIntegerField("签名计数", default=0)
    added_at = models.DateTimeField("添加时间")
    used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credential_id"],
                condition=~models.Q(credential_id=""),
                name="a_passkey_is_enrolled_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="totp", credential_id="")
                | (models.Q(kind="passkey", secret_sealed="") & ~models.Q(credential_id="")),
                name="a_factor_is_one_of_two",
            ),
        ]


class RecoveryCode(models.Model):
    """A code on paper that stands for a lost factor, once. Only its keyed digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="one_row_per_recovery_code")
        ]


class SecurityEvent(models.Model):
    """What happened to an account: written once, read by the auditor. Insert-only."""

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed-in", "登录"
        SIGNED_OUT = "signed-out", "退出登录"
        PASSWORD_WRONG = "password-wrong", "密码错误"
        PROOF_WRONG = "proof-wrong", "二次验证错误"
        PROOF_LOCKED = "proof-locked", "二次验证暂停"
        FACTOR_ADDED = "factor-added", "添加二次验证"
        FACTOR_REMOVED = "factor-removed", "移除二次验证"
        CODES_MADE = "codes-made", "生成恢复码"
        CODE_USED = "code-used", "使用恢复码"
        FACTORS_RESET = "factors-reset", "重置二次验证"
        CREATED = "created", "开立账号"
        PASSWORD_SET = "password-set", "设置密码"
        CLOSED = "closed", "停用账号"
        REOPENED = "reopened", "恢复账号"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("事项", max_length=16, choices=Kind.choices)
    at = models.DateTimeField("时间", db_index=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """Who did it, where that was not the person themselves."""
    address = models.GenericIPAddressField("网络地址", null=True, blank=True)
    note = models.CharField("说明", max_length=120, blank=True, default="")
