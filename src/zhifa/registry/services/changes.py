"""Use cases of two people on a register: one proposes a change, another approves and publishes it.

Who may is said in :mod:`zhifa.registry.policies`, by the kind of the change. Nobody approves their
own proposal, and the database refuses it too. What an approval does stands in ``_PUBLISH``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from zhifa.accounts.services import clear_factors
from zhifa.kernel import canonical
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.law.benchmark import Benchmark
from zhifa.law.power import FIELDS
from zhifa.law.remedies import BodyKind
from zhifa.law.sources import CF
from zhifa.registry import checks
from zhifa.registry.drafts import PowerDraft
from zhifa.registry.events import (
    ChangeApproved,
    ChangeProposed,
    ChangeReturned,
    ChangeWithdrawn,
)
from zhifa.registry.models import AgencyProfile, BenchmarkEdition, ChangeProposal, Power
from zhifa.registry.policies import approvers, may_approve, may_propose, proposers
from zhifa.registry.register import Change, changing
from zhifa.registry.selectors.officers import actor
from zhifa.registry.services.agencies import Profile, profile_agency
from zhifa.registry.services.intake import take_in
from zhifa.registry.services.powers import issue_benchmark, publish_power
from zhifa.registry.staffing import Line

CHANGES: Final = "changes"
MOST_ITEMS: Final = 500
Kind, State = ChangeProposal.Kind, ChangeProposal.State
_OF_A_DAY: Final = frozenset({Kind.RESET, Kind.STAFF})
"""Kinds that take effect when they are approved, whenever that is."""


def propose_powers(
    *,
    drafts: Sequence[PowerDraft],
    keeper: str,
    valid_from: date,
    reason: str,
    on: date,
    by: UUID,
    source_file: str = "",
    act_id: UUID | None = None,
) -> ChangeProposal:
    """Propose new powers or next versions, all with one day. Refused where an article is missing.

    All of them are approved together or not at all.
    """
    if not drafts:
        raise BadInput("没有需要变更的事项。", field="drafts")
    if len(drafts) > MOST_ITEMS:
        raise BadInput(f"一次最多提出{MOST_ITEMS}项。", field="drafts")
    for draft in drafts:
        stopped = [r.words for r in checks.power_remarks(draft, valid_from) if r.stops]
        if stopped:
            raise BadInput(f"{draft.name}：{stopped[0]}。", field="violated")
    codes = [d.code for d in drafts]
    if len(set(codes)) != len(codes):
        raise BadInput("同一事项编码出现了两次。", field="code")
    newest = _newest_powers(codes)
    for row in newest.values():
        _kept_by(row.keeper, keeper, row.name)
    for draft in drafts:
        if draft.code not in newest:
            _field_of(draft, keeper)
    base = {code: row.version for code, row in newest.items()}
    days = {row.name: row.valid_from for row in newest.values()}
    return propose(
        Kind.POWERS, [d.as_json() for d in drafts], codes, base, days, keeper=keeper,
        valid_from=valid_from, reason=reason, on=on, by=by, source_file=source_file, act_id=act_id,
    )  # fmt: skip


def propose_benchmark(
    *,
    content: Mapping[str, Any],
    keeper: str,
    valid_from: date,
    reason: str,
    on: date,
    by: UUID,
    act_id: UUID | None = None,
) -> ChangeProposal:
    """Propose an edition of a benchmark. Refused while it has a gap or an overlap."""
    made = {**content, "from": valid_from.isoformat()}
    made.pop("until", None)
    try:
        read = Benchmark.parse(made)
    except (ValueError, KeyError, LookupError, TypeError, AttributeError) as error:
        raise BadInput(f"裁量基准不能读取：{error}", field="content") from error
    stopped = [r.words for r in checks.benchmark_remarks(read) if r.stops]
    if stopped:
        raise BadInput(f"裁量基准不能提出：{stopped[0]}。", field="content")
    if not Power.objects.filter(code=read.power).exists():
        raise BadInput("权责清单中没有裁量基准所指的事项。", field="content")
    newest = BenchmarkEdition.objects.filter(code=read.code).order_by("-valid_from").first()
    if newest is not None:
        _kept_by(newest.keeper, keeper, newest.title)
    base = {read.code: newest.valid_from.isoformat()} if newest else {}
    days = {newest.title: newest.valid_from} if newest else {}
    return propose(
        Kind.BENCHMARK, [canonical.plain(made)], [read.code], base, days, keeper=keeper,
        valid_from=valid_from, reason=reason, on=on, by=by, source_file="", act_id=act_id,
    )  # fmt: skip


def approve_change(
    *, proposal_id: UUID, on: date, by: UUID, opinion: str = "", act_id: UUID | None = None
) -> ChangeProposal:
    """Approve what another person proposed: it is published, to hold from its day."""
    keeper = _keeper(proposal_id)
    with changing(CHANGES, agency=keeper, by=by, act_id=act_id) as change:
        row = _open(proposal_id)
        _may_decide(row, by, on)
        if row.kind not in _OF_A_DAY and row.valid_from < on:
            raise WrongStep("施行日期已经过去，请退回后重新提出。", code="day-gone")
        _unmoved(row)
        for item in row.items:
            _PUBLISH[row.kind](row, item, change, on, by)
        _decide(row, State.APPROVED, by, on, opinion)
        approved = ChangeApproved(row.id, _digest(row.items))
        change.append(approved, on=on, private={"opinion": opinion})
    return row


def return_change(
    *, proposal_id: UUID, opinion: str, on: date, by: UUID, act_id: UUID | None = None
) -> ChangeProposal:
    """Send back what another person proposed, with the reason."""
    if not opinion.strip():
        raise BadInput("退回应当写明理由。", field="opinion")
    keeper = _keeper(proposal_id)
    with changing(CHANGES, agency=keeper, by=by, act_id=act_id) as change:
        row = _open(proposal_id)
        _may_decide(row, by, on)
        _decide(row, State.RETURNED, by, on, opinion.strip())
        change.append(ChangeReturned(row.id), on=on, private={"opinion": opinion.strip()})
    return row


def withdraw_change(
    *, proposal_id: UUID, on: date, by: UUID, act_id: UUID | None = None
) -> ChangeProposal:
    """Take back what one proposed oneself, while nobody has decided."""
    keeper = _keeper(proposal_id)
    with changing(CHANGES, agency=keeper, by=by, act_id=act_id) as change:
        row = _open(proposal_id)
        if row.proposed_by_id != by:
            raise NotPermitted("只有提出人可以撤回。", code="not-the-proposer")
        _decide(row, State.WITHDRAWN, by, on, "")
        change.append(ChangeWithdrawn(row.id), on=on)
    return row


def _powers(row: ChangeProposal, item: Any, change: Change, on: date, by: UUID) -> None:
    draft = PowerDraft.parse(item)
    publish_power(
        rule=draft.rule, keeper=row.keeper, valid_from=row.valid_from, on=on, by=by,
        levels=draft.levels, conditions=draft.conditions,
        benchmark_code=draft.benchmark, act_id=change.act_id,
    )  # fmt: skip


def _benchmark(row: ChangeProposal, item: Any, change: Change, on: date, by: UUID) -> None:
    issue_benchmark(
        content=item, keeper=row.keeper, valid_from=row.valid_from, on=on, by=by,
        act_id=change.act_id,
    )  # fmt: skip


def _profile(row: ChangeProposal, item: Any, _change: Change, on: date, by: UUID) -> None:
    profile = Profile(**{**item, "body_kind": BodyKind(item["body_kind"])})
    profile_agency(agency=row.keeper, profile=profile, valid_from=row.valid_from, on=on, by=by)


def _reset(_row: ChangeProposal, item: Any, _change: Change, _on: date, by: UUID) -> None:
    clear_factors(person_id=UUID(item["person"]), by=by)


def _staff(row: ChangeProposal, item: Any, _change: Change, on: date, by: UUID) -> None:
    take_in(agency=row.keeper, lines=[Line.of(line) for line in item["rows"]], on=on, by=by)


_PUBLISH: Final[Mapping[str, Callable[[ChangeProposal, Any, Change, date, UUID], None]]] = {
    Kind.POWERS: _powers,
    Kind.BENCHMARK: _benchmark,
    Kind.PROFILE: _profile,
    Kind.RESET: _reset,
    Kind.STAFF: _staff,
}


# --- who may -------------------------------------------------------------------------------------


def _may_decide(row: ChangeProposal, by: UUID, on: date) -> None:
    if row.proposed_by_id == by:
        raise NotPermitted(
            "提出和审核应当由两个人分别办理，不能审核自己提出的变更。",
            code="own-proposal", cites=(CF(58),),
        )  # fmt: skip
    if not may_approve(actor(by, on), row):
        raise NotPermitted(f"审核由{approvers(row.kind)}办理。", code="not-approver")


def _kept_by(held: str, keeper: str, name: str) -> None:
    if held and held != keeper:
        raise NotPermitted(f"“{name}”由其他机关编制，不能由本机关变更。", code="other-keeper")


def _field_of(draft: PowerDraft, keeper: str) -> None:
    """A new power joins the list of its field, which some agency keeps already."""
    keepers = set(Power.objects.filter(field=draft.field).values_list("keeper", flat=True))
    if keepers and keeper not in keepers:
        raise NotPermitted(
            f"{FIELDS[draft.field]}领域的权责清单由其他机关编制。", code="other-keeper"
        )


# --- a proposal ----------------------------------------------------------------------------------


def propose(
    kind: ChangeProposal.Kind,
    items: list[dict[str, Any]],
    codes: list[str],
    base: dict[str, Any],
    days: Mapping[str, date],
    *,
    keeper: str,
    valid_from: date,
    reason: str,
    on: date,
    by: UUID,
    source_file: str,
    act_id: UUID | None,
) -> ChangeProposal:
    """Write down what would change, for another person to approve. Use cases call it."""
    if not may_propose(actor(by, on), keeper, kind):
        raise NotPermitted(f"变更由本机关的{proposers(kind)}提出。", code="not-proposer")
    if valid_from < on:
        raise BadInput("施行日期不能早于今天。", field="valid_from")
    if late := [name for name, day in days.items() if day >= valid_from]:
        raise BadInput(f"施行日期应当晚于“{late[0]}”现有版本的施行日期。", field="valid_from")
    if not reason.strip():
        raise BadInput("应当写明变更理由。", field="reason")
    with changing(CHANGES, agency=keeper, by=by, act_id=act_id) as change:
        waiting = ChangeProposal.objects.filter(state=State.OPEN, kind=kind, codes__overlap=codes)
        if waiting.exists():
            raise WrongStep(
                "其中有事项已经有待审核的变更，请先审核、退回或者撤回。", code="already-proposed"
            )
        row = ChangeProposal.objects.create(
            kind=kind,
            keeper=keeper,
            codes=codes,
            items=items,
            base=base,
            valid_from=valid_from,
            reason=reason.strip()[:300],
            source_file=source_file[:120],
            proposed_by_id=by,
            proposed_on=on,
        )
        proposed = ChangeProposed(row.id, kind.value, tuple(codes), valid_from, _digest(items))
        change.append(proposed, on=on, private={"reason": row.reason})
    return row


def _keeper(proposal_id: UUID) -> str:
    found = ChangeProposal.objects.filter(id=proposal_id).values_list("keeper", flat=True).first()
    if found is None:
        raise NotFound("没有这一变更。", code="no-such-proposal")
    return found


def _open(proposal_id: UUID) -> ChangeProposal:
    row = ChangeProposal.objects.select_for_update().get(id=proposal_id)
    if row.state != State.OPEN:
        raise WrongStep(f"这一变更{State(row.state).label}，不能再次办理。", code="not-open")
    return row


def _unmoved(row: ChangeProposal) -> None:
    """What the proposer had before them is still the newest."""
    if row.kind in _OF_A_DAY:
        return
    if row.kind == Kind.PROFILE:
        newest = AgencyProfile.objects.filter(organ_id=row.keeper).order_by("valid_from").last()
        now: dict[str, Any] = {row.keeper: newest.valid_from.isoformat()} if newest else {}
    elif row.kind == Kind.POWERS:
        now = {c: p.version for c, p in _newest_powers(row.codes).items()}
    else:
        editions = BenchmarkEdition.objects.filter(code__in=row.codes).order_by("valid_from")
        now = {e.code: e.valid_from.isoformat() for e in editions}
    if now != row.base:
        raise WrongStep("提出之后清单已经变更，请退回后在新版本上重新提出。", code="list-moved")


def _decide(row: ChangeProposal, state: str, by: UUID, on: date, opinion: str) -> None:
    row.state, row.decided_by_id, row.decided_on = state, by, on
    row.opinion = opinion[:300]
    row.save(update_fields=["state", "decided_by", "decided_on", "opinion"])


def _newest_powers(codes: Sequence[str]) -> dict[str, Power]:
    rows = Power.objects.filter(code__in=codes).order_by("code", "version")
    return {row.code: row for row in rows}


def _digest(items: Any) -> str:
    return canonical.digest("zhifa/change/1", canonical.encode(canonical.plain(items)))
