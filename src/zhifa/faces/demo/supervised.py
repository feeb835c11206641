"""A short case: what was preserved is not dealt with in its days, the supervision body
writes to the agency, which puts it right and answers. The case then waits, undecided, for whoever
tries the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhifa.cases import services as cases
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.story import Scene, Story
from zhifa.kernel import ledger
from zhifa.law.procedures import supervision as law
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.warnings import RULES
from zhifa.records import services as records
from zhifa.registry.services.parties import register_party
from zhifa.supervision import services
from zhifa.supervision.models import Reading, SupervisionNotice

RULE = "measure.end"
SHOP = "雅安市雨城区样例副食店"
PLACE = "雅安市雨城区样例路6号"
OWNER = "蒋样例"
CODE = "92511802MA0000YX3D"
"""A unified code of the right shape, made up here."""


def story(name: UUID) -> Story:
    """The story before its first scene."""
    return Story(on=date(2026, 4, 27), name=name, place=PLACE, owner=OWNER)


def told(s: Story) -> bool:
    """Whether it was told to its end before; it then knows its case again."""
    first = next(iter(ledger.of_act(s.act(1))), None)
    if first is None:
        return False
    closed = SupervisionNotice.State.CLOSED
    ended = SupervisionNotice.objects.filter(case_matter_id=first.stream_id, state=closed).exists()
    if ended:
        s.case_id = first.stream_id
    return ended


def _register(s: Story) -> None:
    shop = replace(
        facts.shop(),
        name=SHOP,
        representative=OWNER,
        usc_code=CODE,
        licence_no="JY15118020000001",
        paper="511802199001010015",
        phone="13800000001",
        premises=PLACE,
    )
    s.party = str(register_party(facts=shop, agency=AGENCY, on=s.on, by=who("handler")))
    made = replace(
        facts.clue(s.party, s.on),
        place=PLACE,
        summary="日常监督检查中发现，柜台陈列待售的示例牌果仁没有标注生产日期。",
    )
    taken = s.do(
        cases.register_clue, agency=AGENCY, unit=UNIT, by=who("handler"), on=s.on, facts=made
    )
    s.case_id = taken.matter_id


def _verify(s: Story) -> None:
    words = "现场核实柜台陈列待售的示例牌果仁二十袋，标签没有标注生产日期，来源待查。"
    s.take("clue.verify", "handler", replace(facts.verified(), found=words))


def _file(s: Story) -> None:
    made = replace(
        facts.filing(s.party, date(2026, 4, 27)),
        cause="涉嫌经营标签不符合规定的食品案",
        suspected="当事人涉嫌经营没有标注生产日期的示例牌果仁二十袋。",
    )
    s.approve("filing", made, endorsed=True, words="同意立案。")


def _preserve(s: Story) -> None:
    made = f.PreservationProposed(
        co_officer=str(who("second")),
        reason="涉案食品可能灭失，以后难以取得。",
        place="雅安市雨城区市场监督管理局物证室",
        exhibits=(f.Exhibit(name="示例牌果仁", quantity="20袋"),),
    )
    s.approve("preservation", made, endorsed=False, words="同意先行登记保存。")


def _dispose(s: Story) -> None:
    made = f.PreservationDisposed(
        co_officer=str(who("second")),
        disposal=f.Disposal.KEEP_RECORD,
        detail="已对涉案食品逐袋拍照、记录标签内容，全部退还当事人。",
    )
    s.take("preservation.dispose", "handler", made)


def _notice(s: Story) -> UUID:
    return SupervisionNotice.objects.get(case_matter_id=s.case_id).matter_id


def _read(s: Story) -> None:
    if not Reading.objects.filter(case_matter_id=s.case_id).exists():
        services.open_reading(
            case_id=s.case_id,
            purpose="核查先行登记保存超期未处理的情况",
            by=who("supervisor"),
            on=s.on,
        )


def _propose(s: Story) -> None:
    s.do(
        services.propose,
        case_id=s.case_id,
        origin=law.Origin.WARNING,
        finding="本案先行登记保存的期限已于2026年5月11日届满，至今没有作出处理决定。",
        demand=f"{RULES[RULE].advice}。请查明超期的原因，并对正在办理的案件进行自查。",
        rule=RULE,
        by=who("supervisor"),
        on=s.on,
    )


def _issue(s: Story) -> None:
    made = Approved(opinion="同意发出监督通知书。")
    s.do(services.approve, notice_id=_notice(s), facts=made, by=who("body_head"), on=s.on)
    row = SupervisionNotice.objects.get(matter_id=_notice(s))
    s.do(
        records.seal,
        matter_id=row.matter_id,
        document_id=row.document_id,
        by=who("body_seal_keeper"),
        on=s.on,
    )
    made_out = law.Delivered(received_by="示例收发员")
    s.do(services.deliver, notice_id=_notice(s), facts=made_out, by=who("supervisor"), on=s.on)


def _answer(s: Story) -> None:
    made = law.Answered(
        answer=law.Answer.CORRECTED,
        measures="超期系承办人误将届满日按节假日顺延计算所致。涉案食品已经采取证据保全措施后退还当事人；"
        "已对正在办理的案件逐件核对期限，没有其他超期情形。",
        done_on=date(2026, 5, 13),
    )
    s.do(services.answer, notice_id=_notice(s), facts=made, by=who("head"), on=s.on)


def _evaluate(s: Story) -> None:
    made = law.Evaluated(result=law.Result.SETTLED, opinion="原因已经查明，问题已经纠正。")
    s.do(services.evaluate, notice_id=_notice(s), facts=made, by=who("supervisor"), on=s.on)


def _close(s: Story) -> None:
    made = law.Ended(summary="同意办结，今后加强期限提醒。")
    s.do(services.close, notice_id=_notice(s), facts=made, by=who("body_head"), on=s.on)


SCENES = (
    Scene(date(2026, 4, 27), "另一案：登记案源", _register),
    Scene(date(2026, 4, 27), "另一案：核查线索", _verify),
    Scene(date(2026, 4, 28), "另一案：立案审批", _file),
    Scene(date(2026, 4, 28), "另一案：先行登记保存", _preserve),
    Scene(
        date(2026, 4, 28),
        "另一案：保存证据通知书用印送达",
        lambda s: s.seal_and_serve("preservation_notice"),
    ),
    Scene(date(2026, 5, 12), "执法监督：调阅超期案件", _read),
    Scene(date(2026, 5, 12), "执法监督：提出监督意见", _propose),
    Scene(date(2026, 5, 12), "执法监督：监督通知书审批、用印、送达", _issue),
    Scene(date(2026, 5, 13), "另一案：处理先行登记保存的证据", _dispose),
    Scene(
        date(2026, 5, 13),
        "另一案：处理决定书用印送达",
        lambda s: s.seal_and_serve("preservation_disposal"),
    ),
    Scene(date(2026, 5, 14), "执法监督：被监督机关答复", _answer),
    Scene(date(2026, 5, 15), "执法监督：评估答复", _evaluate),
    Scene(date(2026, 5, 18), "执法监督：办结监督事项", _close),
)
