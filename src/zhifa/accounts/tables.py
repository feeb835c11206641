"""The account log as a table, on one's own account and before the auditor."""

from __future__ import annotations

from collections.abc import Sequence

from zhifa.accounts.models import Factor, SecurityEvent
from zhifa.kernel.page import Badge, Cell, Column, Row, Table


def events_table(rows: Sequence[SecurityEvent], *, whose: bool = False) -> Table:
    """Lines of the account log; ``whose`` names the person of each."""
    bad = {SecurityEvent.Kind.PASSWORD_WRONG, SecurityEvent.Kind.PROOF_WRONG,
           SecurityEvent.Kind.PROOF_LOCKED}  # fmt: skip
    columns = [Column("at", "时间", "instant"), Column("kind", "事项", "badge"),
               Column("address", "网络地址"), Column("note", "说明")]  # fmt: skip
    if whose:
        columns.insert(1, Column("person", "账号"))
    proofs = {k.value: k.label for k in Factor.Kind} | {"code": "恢复码", "oidc": "统一身份认证"}
    made = [
        Row(
            {
                "at": row.at,
                "kind": Badge(
                    SecurityEvent.Kind(row.kind).label, "late" if row.kind in bad else "plain"
                ),
                "person": Cell(row.person.name, row.person.username) if whose else "",
                "address": row.address or "",
                "note": proofs.get(row.note, row.note)
                + (f"　由{row.by.name}办理" if row.by else ""),
            }
        )
        for row in rows
    ]
    return Table("账号记录", columns, made, empty="没有记录。", quiet_caption=True)
