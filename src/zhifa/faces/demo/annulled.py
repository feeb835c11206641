"""The fourth demonstration: a penalty annulled on reconsideration, and the case handled anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhifa.cases import redo
from zhifa.cases import services as cases
from zhifa.faces.demo import acts, exhibits, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.script import AFTER, BEFORE_DECISION, CLOSING, DECISION
from zhifa.faces.demo.story import Scene, Story
from zhifa.kernel.errors import AgainstLaw
from zhifa.law.procedures import publication as notice
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.penalty import aftermath, force, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.leniency import CONDITIONS
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    ConditionShown,
    DecisionKind,
    Finding,
    NoPenaltyGround,
    PenaltyProposed,
    current,
)
from zhifa.law.procedures.review import Conclusion
from zhifa.publicity import services as publicity
from zhifa.records import services as records
from zhifa.registry.models import PartyKind
from zhifa.registry.services.parties import PartyFacts, register_party
from zhifa.review import services as review

NAME = UUID("0197a000-0000-7000-8000-000000000004")
"""The name under which the acts of this demonstration are numbered."""
BODY = "雅安市雨城区人民政府"
INSTRUMENT = "雨城府复决〔2026〕示例4号"


@dataclass
class Annulled(Story):
    """What its scenes remember: the case that fell beside the one that goes on."""

    name: UUID = NAME
    old: UUID = field(default_factory=lambda: UUID(int=0))


def shop() -> PartyFacts:
    """A second shop, made up like the first."""
    return PartyFacts(
        kind=PartyKind.BUSINESS,
        name="雅安市雨城区样例副食店",
        representative=facts.OWNER,
        usc_code="92511802MA0000XW99",
        licence_no="JY15118020000001",
        paper="511802198501010017",
        phone="13800000000",
        premises=facts.PLACE,
    )


def _register(s: Story) -> None:
    s.party = str(register_party(facts=shop(), agency=AGENCY, on=s.on, by=who("handler")))
    made, by = facts.clue(s.party, s.on), who("handler")
    taken = s.do(cases.register_clue, agency=AGENCY, unit=UNIT, by=by, on=s.on, facts=made)
    s.case_id = taken.matter_id


def _pay(s: Story) -> None:
    """Paid with a receipt of its own."""
    s.take(
        "payment.record",
        "cashier",
        later.PaymentRecorded(
            fine_fen=5_000_000,
            gain_fen=2_970,
            paid_on=s.on,
            receipt="示例票据0000041",
            bank="示例银行雅安分行（演示）",
        ),
    )


# --- the decision falls --------------------------------------------------------------------------


def _begun(s: Story) -> None:
    s.take(
        "remedy.begin",
        "reviewer",
        aftermath.RemedyBegun(
            forum=later.Forum.RECONSIDERATION,
            number="雨城府复〔2026〕示例4号",
            body=BODY,
            applied_on=date(2026, 4, 21),
            received_on=s.on,
            claim="认为认定售出3袋没有依据，请求撤销处罚决定。",
        ),
    )


def _answered(s: Story) -> None:
    s.take(
        "remedy.answer",
        "reviewer",
        aftermath.RemedyAnswered(
            forum=later.Forum.RECONSIDERATION,
            sent_on=s.on,
            reply="提交书面答复及作出决定的证据、依据；销售小票由当事人提供，请求维持。",
        ),
    )


def outcome(on: date) -> later.OutcomeRecorded:
    """The reconsideration decision: annulled for its facts, to be done again in thirty days."""
    return later.OutcomeRecorded(
        kind=later.OutcomeKind.ANNULLED_REDO,
        forum=later.Forum.RECONSIDERATION,
        ground=later.AnnulGround.FACTS,
        instrument=INSTRUMENT,
        body=BODY,
        dated_on=date(2026, 6, 3),
        served_on=on,
        effective_on=on,
        redo_days=30,
    )


def _taken_down(s: Story) -> None:
    s.do(
        publicity.withdraw,
        facts=notice.NoticeWithdrawn(
            ground=notice.TakeDown.REDO,
            instrument=INSTRUMENT,
            effective_on=date(2026, 6, 5),
            reason="复议机关撤销处罚决定并责令重新作出。",
        ),
        **s.publication("publish_reviewer"),
    )


def _refund(s: Story) -> None:
    standing = s.standing()
    due = force.overpaid(standing, force.items(standing), s.on)
    made = aftermath.RefundProposed(
        fine_fen=due.fine,
        gain_fen=due.gain,
        surcharge_fen=due.surcharge,
        payee=shop().name,
        account="示例银行雅安分行（演示）　6200000000000000",
    )
    s.take("refund.propose", "cashier", made)
    s.take("refund.approve", "head", Approved(opinion="同意退还。"))
    s.seal_and_serve("refund_notice")


def _paid_back(s: Story) -> None:
    s.take(
        "refund.pay",
        "cashier",
        aftermath.RefundPaid(amount_fen=5_002_970, paid_on=s.on, receipt="示例退库0000001"),
    )
    s.take(
        "goods.return",
        "property_keeper",
        aftermath.GoodsReturned(
            mode=aftermath.ReturnMode.VALUE,
            amount_fen=11_880,
            taken_by=facts.OWNER,
            detail="没收的12袋已依法销毁，按标价每袋9.90元给付赔偿金118.80元。",
        ),
    )


# --- and is done again ---------------------------------------------------------------------------


def _reopened(s: Story) -> None:
    assert isinstance(s, Annulled)
    s.old = s.case_id
    s.do(
        cases.reopen,
        matter_id=s.old,
        facts=aftermath.RedoOpened(reason="按照行政复议决定重新调查处理。"),
        by=who("handler"),
        on=s.on,
    )
    s.case_id = redo.redone_by(s.old)


def _in_the_old(act: Callable[[Story], object]) -> Callable[[Story], None]:
    """A scene of the case that fell, after the new one was begun."""

    def scene(s: Story) -> None:
        assert isinstance(s, Annulled)
        new, s.case_id = s.case_id, s.old
        act(s)
        s.case_id = new

    return scene


def _inherit(s: Story) -> None:
    for original in ("证1", "证2", "证3"):
        s.do(
            records.inherit_evidence,
            matter_id=s.case_id,
            facts=aftermath.EvidenceInherited(
                co_officer=str(who("second")),
                original=original,
                examined="取得程序合法，来源清楚，与本案事实有关；证明力结合其他证据重新认定。",
            ),
            by=who("handler"),
            on=s.on,
        )


def _ledger(s: Story) -> None:
    s.exhibit(
        "ledger",
        exhibits.sales_ledger(),
        f.EvidenceKind.ELECTRONIC,
        "收银系统销售记录",
        "2026年2月21日以后没有售出涉案批次的食品",
        facts.PLACE,
        10,
    )


def _queries(s: Story) -> None:
    s.exhibit(
        "queries",
        exhibits.queries(),
        f.EvidenceKind.DOCUMENT,
        "查询和复查结果",
        "初次违法、危害后果轻微、已经改正并接受教育",
        "雅安市雨城区市场监督管理局",
        11,
    )


def before(s: Story) -> PenaltyProposed:
    """The annulled penalty once more, on the annulled file's evidence."""
    assert isinstance(s, Annulled)
    case_id, s.case_id = s.case_id, s.old
    old = current(s.standing())
    s.case_id = case_id
    assert old is not None
    return s.complete(
        dataclasses.replace(
            old,
            cause=ChangeCause.INITIAL,
            findings=tuple(
                dataclasses.replace(x, evidence=tuple(f"原{e}" for e in x.evidence))
                for x in old.findings
            ),
            circumstances=tuple(
                dataclasses.replace(x, evidence=tuple(f"原{e}" for e in x.evidence))
                for x in old.circumstances
            ),
        )
    )


def _same_again(s: Story) -> None:
    """The same penalty is tried, and refused by the article that forbids it."""
    s.calls += 1
    if s.standing().has("investigation.end"):
        return
    try:
        cases.take(
            matter_id=s.case_id,
            step="investigation.end",
            by=who("handler"),
            on=s.on,
            facts=before(s),
            act_id=s.act(s.calls),
        )
    except AgainstLaw as no:
        if no.code == "redo.different":
            return
        raise
    raise RuntimeError("the annulled penalty was made again")


def spared(s: Story) -> PenaltyProposed:
    """What the facts bear: displayed and not sold, a first time, put right at once."""
    old = before(s)
    return dataclasses.replace(
        old,
        decision=DecisionKind.NO_PENALTY,
        items=(),
        ground=NoPenaltyGround.FIRST,
        grounds=tuple(
            ConditionShown(
                condition=c,
                shown=f"{c.label}，有查询和复查结果证明。",
                evidence=(s.evidence["queries"],),
            )
            for c in CONDITIONS[NoPenaltyGround.FIRST]
        ),
        education=True,
        circumstances=(),
        tier="",
        computed_fen=0,
        range_min_fen=0,
        range_max_fen=0,
        findings=(
            Finding(
                found="2026年3月3日，当事人陈列待售超过保质期12日的示例牌原味饼干12袋，没有售出。",
                evidence=("原证1", "原证2", s.evidence["ledger"]),
                articles=facts.VIOLATED,
            ),
        ),
        reasons="经收银系统核对，没有售出；当事人系初次违法，危害后果轻微并及时改正。",
    )


def _pass(s: Story) -> None:
    s.do(
        review.conclude,
        review_id=lambda: s.review_id(),
        by=who("reviewer"),
        on=s.on,
        findings=facts.points(),
        conclusion=Conclusion.AGREE,
        advice="事实已经查清，理由和结果与被撤销的决定不同，同意不予行政处罚。",
    )


def _discussed(s: Story) -> None:
    """To spare a penalty that the law lets one spare is for the heads together."""

    def opinion(part: str, office: str, words: str) -> later.MemberOpinion:
        return later.MemberOpinion(
            member=str(who(part)), office=office, opinion=words, vote=later.Vote.AGREE
        )

    s.take(
        "discussion.hold",
        "head",
        later.Discussed(
            proposal=s.proposal(),
            place="局机关会议室",
            quorum=3,
            reporter=str(who("handler")),
            opinions=(
                opinion("deputy1", "副局长", "新的证据证明没有售出，同意。"),
                opinion("deputy2", "副局长", "与被撤销的决定事实、结果均不同，同意。"),
                opinion("head", "局长", "同意不予行政处罚，加强指导。"),
            ),
            agreed=True,
            conclusion="一致同意不予行政处罚。",
        ),
    )


def _decide(s: Story) -> None:
    s.approve(
        "decision",
        later.DecisionProposed(
            proposal=s.proposal(),
            defence_adopted="拟不予行政处罚，不需要事先告知。",
            summary="建议不予行政处罚。",
        ),
        endorsed=True,
        words="同意，不予行政处罚。",
    )


def _closed(reason: later.ClosingReason, words: str) -> Callable[[Story], None]:
    def close(s: Story) -> None:
        made = later.ClosingProposed(reason=reason, execution=words)
        s.approve("closing", made, endorsed=False, words="同意结案。")

    return close


def _last(s: Story) -> None:
    """The case that fell is archived last; the story ends as its own."""
    assert isinstance(s, Annulled)
    s.case_id = s.old
    CLOSING[-1].act(s)


def _gain(sold_fen: int, method: str) -> f.GainFound:
    return dataclasses.replace(facts.gain(), income_fen=sold_fen, method=method)


_, *REST = BEFORE_DECISION
SAME_WAY = (
    Scene(date(2026, 3, 3), "登记案源", _register),
    *REST,
    *DECISION,
    *(Scene(x.on, x.title, _pay) if x.title == "登记缴款" else x for x in AFTER),
)
FALLS = (
    Scene(date(2026, 4, 23), "登记行政复议受理", _begun),
    Scene(date(2026, 4, 28), "提出复议答复", _answered),
    Scene(
        date(2026, 6, 5),
        "登记复议决定：撤销并责令三十日内重新作出",
        lambda s: s.take("outcome.record", "reviewer", outcome(s.on)),
    ),
    Scene(date(2026, 6, 5), "撤下公示，留存不载姓名和事实的撤下说明", _taken_down),
    Scene(date(2026, 6, 8), "批准退还罚没款，送达退还通知书", _refund),
    Scene(date(2026, 6, 8), "另行立案重新处理", _reopened),
)
ANEW = (
    Scene(
        date(2026, 6, 8),
        "核查（重新处理）",
        lambda s: s.take("clue.verify", "handler", facts.verified()),
    ),
    Scene(
        date(2026, 6, 9),
        "立案审批（重新处理）",
        lambda s: s.approve(
            "filing", facts.filing(s.party, date(2026, 3, 3)), endorsed=True, words="同意立案。"
        ),
    ),
    Scene(date(2026, 6, 9), "逐件审查并沿用原案证据", _inherit),
    Scene(
        date(2026, 6, 9),
        "确认身份和送达地址",
        lambda s: s.take("party.confirm", "handler", facts.party_confirmed(s.party)),
    ),
    Scene(
        date(2026, 6, 10),
        "询问笔录",
        lambda s: s.take("interview.record", "handler", facts.interview(s.on)),
    ),
    Scene(
        date(2026, 6, 10),
        "说明已经改正",
        lambda s: s.take(
            "correction.waive",
            "handler",
            f.CorrectionWaived(corrected=True, reason="原案责令改正后已经复查合格。"),
        ),
    ),
    Scene(
        date(2026, 6, 10),
        "确定适用的法律",
        lambda s: s.take("law.settle", "handler", s.settle(facts.settled(date(2026, 3, 3)))),
    ),
    Scene(
        date(2026, 6, 10),
        "照原案认定违法所得",
        lambda s: s.take("gain.find", "handler", facts.gain()),
    ),
    Scene(date(2026, 6, 11), "照旧处罚被拒绝（行政复议法第六十四条第二款）", _same_again),
    Scene(date(2026, 6, 11), "补充收银系统销售记录", _ledger),
    Scene(date(2026, 6, 11), "登记查询和复查结果", _queries),
    Scene(
        date(2026, 6, 11),
        "重新认定违法所得",
        lambda s: s.take(
            "gain.find",
            "handler",
            _gain(0, "收银系统记录显示涉案批次没有售出，没有违法所得；货值按查获12袋标价计算。"),
        ),
    ),
    Scene(
        date(2026, 6, 12),
        "终结调查，提出不予处罚意见",
        lambda s: s.take("investigation.end", "handler", spared(s)),
    ),
    Scene(date(2026, 6, 12), "登记退库和财物价款给付（原案）", _in_the_old(_paid_back)),
    Scene(date(2026, 6, 15), "送审", lambda s: acts.submit(s, "提请审核。")),
    Scene(date(2026, 6, 17), "审核通过", _pass),
    Scene(date(2026, 6, 18), "集体讨论（重新处理）", _discussed),
    Scene(date(2026, 6, 18), "在责令的期限内作出不予处罚决定", _decide),
    Scene(date(2026, 6, 18), "决定书用印送达", lambda s: s.seal_and_serve("no_penalty_decision")),
    Scene(
        date(2026, 6, 22),
        "结案（重新处理）",
        _closed(later.ClosingReason.NO_PENALTY, "不予行政处罚，已教育。"),
    ),
    Scene(
        date(2026, 6, 22),
        "结案（原案：处罚决定被依法撤销）",
        _in_the_old(
            _closed(later.ClosingReason.ANNULLED, "处罚决定已被撤销，罚没款和财物价款已经退还。")
        ),
    ),
    Scene(date(2026, 6, 23), "归档（重新处理）", CLOSING[-1].act),
    Scene(date(2026, 6, 23), "归档（原案）", _last),
)
ALL = (*SAME_WAY, *FALLS, *ANEW)
