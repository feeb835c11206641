"""Use cases that take two administrators: an agency's names and bank, and a lost second proof."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhifa.accounts.models import Person
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted
from zhifa.law.actor import ADMINISTRATORS
from zhifa.registry.models import AgencyProfile, ChangeProposal, Post
from zhifa.registry.models.dated import holding
from zhifa.registry.services.agencies import Profile
from zhifa.registry.services.changes import Kind, propose
from zhifa.registry.staffing import Line


def propose_profile(
    *,
    agency: str,
    profile: Profile,
    valid_from: date,
    reason: str,
    on: date,
    by: UUID,
    act_id: UUID | None = None,
) -> ChangeProposal:
    """Propose what an agency is called, prints and answers to from a day on."""
    newest = AgencyProfile.objects.filter(organ_id=agency).order_by("valid_from").last()
    if newest is None:
        raise NotFound("没有这一机关。", code="no-such-agency")
    item = dataclasses.asdict(profile) | {"body_kind": profile.body_kind.value}
    if all(getattr(newest, name) == value for name, value in item.items()):
        raise BadInput("与现行的机关信息没有差异。", field="reason")
    return propose(
        Kind.PROFILE, [item], [agency], {agency: newest.valid_from.isoformat()},
        {newest.full_name: newest.valid_from}, keeper=agency, valid_from=valid_from,
        reason=reason, on=on, by=by, source_file="", act_id=act_id,
    )  # fmt: skip


def propose_staff(
    *,
    agency: str,
    lines: Sequence[Line],
    reason: str,
    on: date,
    by: UUID,
    source_file: str = "",
    act_id: UUID | None = None,
) -> ChangeProposal:
    """Propose units, people and posts of a file, all approved together or not at all."""
    if not lines:
        raise BadInput("文件中的内容与现有登记相同，没有需要导入的内容。", field="file")
    item = {"rows": [line.as_json() for line in lines]}
    return propose(
        Kind.STAFF, [item], [f"staff:{agency}"], {}, {}, keeper=agency, valid_from=on,
        reason=reason, on=on, by=by, source_file=source_file, act_id=act_id,
    )  # fmt: skip


def propose_reset(
    *, person_id: UUID, agency: str, reason: str, on: date, by: UUID, act_id: UUID | None = None
) -> ChangeProposal:
    """Propose to take a person's second proofs away, so that they can enrol new ones."""
    person = Person.objects.filter(id=person_id).first()
    posts = holding(Post.objects.filter(person_id=person_id, organ_id=agency), on)
    duties = set(posts.values_list("duty", flat=True))
    if person is None or not duties:
        raise NotFound("本机关没有这名人员。", code="no-such-person")
    if person_id == by:
        raise NotPermitted("不能提出重置自己的二次验证，请由其他管理员提出。", code="own-proof")
    if not person.factors.exists():
        raise BadInput("这名人员没有二次验证，不需要重置。", field="reason")
    administrator = bool(duties & {d.value for d in ADMINISTRATORS})
    item = {"person": str(person_id), "name": person.name, "administrator": administrator}
    return propose(
        Kind.RESET, [item], [f"person:{person_id}"], {}, {}, keeper=agency, valid_from=on,
        reason=reason, on=on, by=by, source_file="", act_id=act_id,
    )  # fmt: skip
