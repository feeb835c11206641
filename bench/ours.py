"""zhifa's side of the race: one process that takes steps through the one door until told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from bench import toys  # noqa: E402
from bench.peers.timing import against_the_clock  # noqa: E402
from bench.place import AGENCY, OFFICER, REGION  # noqa: E402
from zhifa.accounts.models import Person  # noqa: E402
from zhifa.kernel import clock, ids  # noqa: E402
from zhifa.law.facts import Facts  # noqa: E402
from zhifa.law.procedure import Procedure  # noqa: E402
from zhifa.procedure import definitions, folding  # noqa: E402
from zhifa.procedure.services import Act, open_matter, perform  # noqa: E402
from zhifa.records import services as records  # noqa: E402
from zhifa.records.inputs.filing import FilingApproval  # noqa: E402
from zhifa.records.inputs.parts import Approval, Citation, Head, Officer, PartyBlock  # noqa: E402


def paper(act: Act) -> None:
    """Issue the paper that the step owes, of the size that a real one has."""
    for kind in act.main.owed:
        records.issue(act, kind, _filing(act.on))


def _filing(on: date) -> FilingApproval:
    party = PartyBlock(
        name="雅安市雨城区示例食品店",
        kind="个体工商户",
        id_label="统一社会信用代码",
        id_number="92511802MA0000XY5Y",
        address="雅安市雨城区示例路18号",
        representative_label="经营者",
        representative="林样例",
    )
    cited = Citation(law="中华人民共和国行政处罚法", article="第五十四条")
    return FilingApproval(
        head=Head(agency="雅安市雨城区市场监督管理局", case_title="测量用案"),
        dated=on,
        source="监督检查",
        found_on=on,
        party=party,
        summary="日常监督检查中发现，货架上陈列待售的示例牌原味饼干标注的保质期已经届满。" * 3,
        violated=(cited,),
        penalty_bases=(cited,),
        filing_bases=(cited,),
        jurisdiction="违法行为发生地在本辖区内，属于本局管辖。",
        officers=(Officer(name="甲", certificate_no="1"), Officer(name="乙", certificate_no="2")),
        approvals=(Approval(role="承办人意见", opinion="建议立案。"),),
    )


def matter(procedure: Procedure, by: UUID, on: date) -> Iterator[None]:
    """One matter from its first step to its fourteenth; yields after each act."""
    facts = toys.Said(word="照办", name="张某某")
    with open_matter(
        procedure.code, agency=AGENCY, region=REGION, unit="enforcement", title="测量",
        by=by, on=on, facts=facts, act_id=ids.uuid7(),
    ) as act:  # fmt: skip
        paper(act)
    yield
    for n in range(2, toys.STEPS + 1):
        step(act.matter.id, toys.code(n), by, on, facts, n)
        yield


def step(matter_id: UUID, code: str, by: UUID, on: date, facts: Facts, seen: int) -> None:
    """One act, as a page asks for it: numbered, and with the sequence that was on the page."""
    with perform(matter_id, code, by=by, on=on, facts=facts, act_id=ids.uuid7(), seen=seen) as act:
        paper(act)


def run(mode: str, seconds: float) -> None:
    """Take steps for so many seconds, whole matters one after another."""
    by = Person.objects.get(username=OFFICER).id
    procedure = toys.full() if mode == "full" else toys.bare()

    def one() -> Iterator[None]:
        for _ in matter(procedure, by, clock.today()):
            if mode == "cold":
                folding.forget()
            yield

    def backend() -> int:
        return int(connection.connection.info.backend_pid)

    with definitions.lent(procedure):
        against_the_clock(one, backend, seconds)


if __name__ == "__main__":
    run(sys.argv[1], float(sys.argv[2]))
