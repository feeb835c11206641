"""The demonstration as a list of scenes: a day, who acts, what they do, in the order of the law.

Each scene is one call of a service, the same that the pages make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.cases import services as cases
from zhifa.cases import weighing
from zhifa.faces.demo import exhibits, facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.law.facts import Facts
from zhifa.law.procedures import publication as notice
from zhifa.law.procedures.parts.approval import Approved, Endorsed
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, current, digest
from zhifa.law.procedures.review import REQUIRED_PAPERS, Conclusion, PaperLine, Point
from zhifa.law.publishing import Ruling
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Taken
from zhifa.publicity import drafting
from zhifa.publicity import selectors as publications
from zhifa.publicity import services as publicity
from zhifa.records import services as records
from zhifa.registry.services.parties import register_party
from zhifa.review import services as review
from zhifa.review.models import Review


@dataclass
class Story:
    """What the scenes remember of one another."""

    on: date = date(2026, 3, 3)
    party: str = ""
    case_id: UUID = field(default_factory=lambda: UUID(int=0))
    evidence: dict[str, str] = field(default_factory=dict)

    def take(self, step: str, part: str, made: Facts) -> Taken:
        """A step of the case's own, by the person who has the part."""
        return cases.take(matter_id=self.case_id, step=step, by=who(part), on=self.on, facts=made)

    def approve(self, code: str, made: Facts, *, endorsed: bool, words: str) -> None:
        """Proposed, endorsed where it is asked, approved by the head."""
        self.take(f"{code}.propose", "handler", made)
        if endorsed:
            self.take(f"{code}.endorse", "handling_head", Endorsed(opinion="情况属实，同意。"))
        self.take(f"{code}.approve", "head", Approved(opinion=words))

    def standing(self) -> Any:
        """Where the case stands."""
        return matters.standing(matters.matter(self.case_id), self.on)

    def proposal(self) -> str:
        """The digest of the proposal as it stands."""
        found = current(self.standing())
        assert found is not None
        return digest(found)

    def settle(self, made: f.LawSettled) -> f.LawSettled:
        """The governing law as the house computes it."""
        view = matters.view(matters.matter(self.case_id), who("handler"), self.on)
        return weighing.settle(view, made, self.on)

    def complete(self, made: PenaltyProposed) -> PenaltyProposed:
        """The proposal with what the house computes."""
        view = matters.view(matters.matter(self.case_id), who("handler"), self.on)
        return weighing.complete(view, made)

    def exhibit(
        self,
        name: str,
        content: bytes,
        kind: f.EvidenceKind,
        title: str,
        proves: str,
        place: str,
        hour: int,
    ) -> None:
        """A piece of evidence uploaded and entered."""
        made = facts.evidence("", kind, title, proves, self.on, hour, place)
        taken = records.add_evidence(
            matter_id=self.case_id,
            content=content,
            filename=f"{title}.png",
            facts=made,
            by=who("handler"),
            on=self.on,
        )
        self.evidence[name] = records.evidence_of(taken)

    def seal_and_serve(self, kind: str) -> None:
        """The seal's keeper seals the newest document of a kind; two officers serve it."""
        self.seal(kind)
        self.serve(kind)

    def seal(self, kind: str) -> None:
        """Seal the newest document of a kind."""
        paper = self.standing().outputs(kind)[-1]
        records.seal(
            matter_id=self.case_id, document_id=UUID(paper.id), by=who("seal_keeper"), on=self.on
        )

    def serve(self, kind: str) -> None:
        """Serve the newest document of a kind, in person."""
        paper = self.standing().outputs(kind)[-1]
        records.serve(
            matter_id=self.case_id,
            facts=Served(
                document=paper.id,
                document_kind=kind,
                co_officer=str(who("second")),
                method=ServiceMethod.DIRECT,
                place=facts.PLACE,
                received_by=facts.OWNER,
                relation="经营者",
            ),
            by=who("handler"),
            on=self.on,
        )

    def review_id(self) -> UUID:
        """The review that is open."""
        return Review.objects.get(case_matter_id=self.case_id, state=Review.State.OPEN).matter_id

    def publication(self, part: str) -> dict[str, Any]:
        """The publication of the case's decision, and who acts on it today."""
        row = publications.of_case(self.case_id)
        assert row is not None
        return {"publication_id": row.matter_id, "by": who(part), "on": self.on}


@dataclass(frozen=True)
class Scene:
    """One scene: its day, its title for the progress line, and the act."""

    on: date
    title: str
    act: Callable[[Story], object]


def _register(s: Story) -> None:
    s.party = str(register_party(facts=facts.shop(), agency=AGENCY, on=s.on, by=who("handler")))
    taken = cases.register_clue(
        agency=AGENCY, unit=UNIT, by=who("handler"), on=s.on, facts=facts.clue(s.party, s.on)
    )
    s.case_id = taken.matter_id


def _photo(s: Story) -> None:
    s.exhibit(
        "photo",
        exhibits.label_photo(),
        f.EvidenceKind.DOCUMENT,
        "现场照片（标签与货架）",
        "超过保质期的食品陈列待售及其数量、标价",
        facts.PLACE,
        10,
    )


def _note(s: Story) -> None:
    s.exhibit(
        "note",
        exhibits.purchase_note(),
        f.EvidenceKind.DOCUMENT,
        "送货单复印件",
        "涉案食品的进货来源、数量和价格",
        "雅安市雨城区市场监督管理局",
        16,
    )


def _slip(s: Story) -> None:
    s.exhibit(
        "slip",
        exhibits.sales_slip(),
        f.EvidenceKind.DOCUMENT,
        "销售小票复印件",
        "超过保质期后售出3袋及收入",
        facts.PLACE,
        10,
    )


def _waiver(s: Story) -> None:
    s.exhibit(
        "waiver",
        exhibits.waiver(),
        f.EvidenceKind.PARTY,
        "放弃听证声明",
        "当事人明确放弃听证",
        "雅安市雨城区市场监督管理局",
        15,
    )


def _submit(s: Story, note: str) -> None:
    review.submit(
        case_id=s.case_id,
        by=who("handler"),
        on=s.on,
        lines=tuple(PaperLine(name=name, present=True) for name in REQUIRED_PAPERS),
        note=note,
    )


def _return(s: Story) -> None:
    review.conclude(
        review_id=s.review_id(),
        by=who("reviewer"),
        on=s.on,
        findings=facts.points(
            Point.FACTS,
            "认定售出3袋及违法所得，仅有当事人陈述，缺少销售凭证；陈列与销售两项事实应当分别认定、分别举证。",
        ),
        conclusion=Conclusion.SUPPLEMENT,
        advice="请补充销售凭证，将陈列待售和已经销售的事实分项写明并对应证据后重新送审。",
    )


def _pass(s: Story) -> None:
    review.conclude(
        review_id=s.review_id(),
        by=who("reviewer"),
        on=s.on,
        findings=facts.points(),
        conclusion=Conclusion.AGREE,
        advice="主体适格，事实清楚，证据充分，适用法律正确，裁量适当，程序合法，同意拟处罚意见。",
    )


def _notice(s: Story) -> None:
    s.approve(
        "notice",
        later.NoticeProposed(
            proposal=s.proposal(),
            hearing_right=True,
            hearing_basis=("CF:63:1:1",),
        ),
        endorsed=False,
        words="同意告知。",
    )


def _decide(s: Story) -> None:
    s.approve(
        "decision",
        later.DecisionProposed(
            proposal=s.proposal(),
            defence_adopted="当事人提出陈述、申辩意见，经复核不予采纳。",
            summary="建议作出行政处罚决定。",
        ),
        endorsed=True,
        words="同意，作出行政处罚决定。",
    )


def _rule(s: Story) -> None:
    made = notice.RulingProposed(regime=notice.Regime.PLAN, ruling=Ruling.PUBLISH)
    publicity.propose_ruling(facts=made, **s.publication("publisher"))
    publicity.confirm_ruling(
        facts=notice.RulingConfirmed(opinion="同意公开。"), **s.publication("publish_reviewer")
    )


def _draft(s: Story) -> None:
    made = drafting.drafted(drafting.source(s.case_id, s.on))
    publicity.draft(facts=made, **s.publication("publisher"))


def _release(s: Story) -> None:
    given = s.publication("publish_reviewer")
    made = notice.draft(matters.standing(matters.matter(given["publication_id"]), s.on))
    assert made is not None
    publicity.release(notice=notice.digest(made), **given)


def _pay(s: Story) -> None:
    s.take(
        "payment.record",
        "cashier",
        later.PaymentRecorded(
            fine_fen=5_000_000,
            gain_fen=2_970,
            paid_on=s.on,
            receipt="示例票据0000001",
            bank="示例银行雅安分行（演示）",
        ),
    )


def _close(s: Story) -> None:
    s.approve(
        "closing",
        later.ClosingProposed(
            reason=later.ClosingReason.PERFORMED,
            execution="当事人已缴清罚款和没收款，没收的食品已收缴并依法销毁。",
        ),
        endorsed=False,
        words="同意结案。",
    )


BEFORE_DECISION = (
    Scene(date(2026, 3, 3), "登记案源", _register),
    Scene(
        date(2026, 3, 3), "核查线索", lambda s: s.take("clue.verify", "handler", facts.verified())
    ),
    Scene(
        date(2026, 3, 3),
        "现场检查笔录",
        lambda s: s.take("inspection.record", "handler", facts.inspection(s.on)),
    ),
    Scene(date(2026, 3, 3), "登记现场照片", _photo),
    Scene(
        date(2026, 3, 4),
        "立案审批",
        lambda s: s.approve(
            "filing", facts.filing(s.party, date(2026, 3, 3)), endorsed=True, words="同意立案。"
        ),
    ),
    Scene(
        date(2026, 3, 5),
        "确认身份和送达地址",
        lambda s: s.take("party.confirm", "handler", facts.party_confirmed(s.party)),
    ),
    Scene(
        date(2026, 3, 5),
        "询问笔录",
        lambda s: s.take("interview.record", "handler", facts.interview(s.on)),
    ),
    Scene(date(2026, 3, 5), "登记送货单", _note),
    Scene(
        date(2026, 3, 5),
        "责令改正",
        lambda s: s.take("correction.order", "handler", facts.correction(date(2026, 3, 6))),
    ),
    Scene(
        date(2026, 3, 5), "责令改正通知书用印送达", lambda s: s.seal_and_serve("correction_order")
    ),
    Scene(
        date(2026, 3, 9),
        "确定适用的法律",
        lambda s: s.take("law.settle", "handler", s.settle(facts.settled(date(2026, 3, 3)))),
    ),
    Scene(
        date(2026, 3, 9),
        "认定货值和违法所得",
        lambda s: s.take("gain.find", "handler", facts.gain()),
    ),
    Scene(
        date(2026, 3, 10),
        "复查改正情况",
        lambda s: s.take("correction.recheck", "handler", facts.rechecked()),
    ),
    Scene(
        date(2026, 3, 16),
        "终结调查，提出处理意见",
        lambda s: s.take(
            "investigation.end",
            "handler",
            s.complete(facts.proposal(s.party, s.evidence["photo"], s.evidence["note"])),
        ),
    ),
    Scene(date(2026, 3, 17), "首次送审", lambda s: _submit(s, "提请法制审核。")),
    Scene(date(2026, 3, 19), "审核退回", _return),
    Scene(date(2026, 3, 23), "补充销售小票", _slip),
    Scene(
        date(2026, 3, 23),
        "修改处理意见",
        lambda s: s.take(
            "proposal.amend",
            "handler",
            s.complete(
                facts.amended(
                    current(s.standing()),  # type: ignore[arg-type]
                    s.evidence["photo"],
                    s.evidence["note"],
                    s.evidence["slip"],
                )
            ),
        ),
    ),
    Scene(date(2026, 3, 24), "再次送审", lambda s: _submit(s, "已补充销售凭证并分项认定事实。")),
    Scene(date(2026, 3, 26), "审核通过", _pass),
    Scene(date(2026, 3, 27), "事先告知审批", _notice),
    Scene(date(2026, 3, 30), "事先告知书用印送达", lambda s: s.seal_and_serve("prior_notice")),
    Scene(
        date(2026, 3, 31),
        "听取陈述申辩",
        lambda s: s.take("defence.hear", "handler", facts.defence()),
    ),
    Scene(date(2026, 3, 31), "登记放弃听证声明", _waiver),
    Scene(
        date(2026, 3, 31),
        "登记放弃听证",
        lambda s: s.take(
            "hearing.waive",
            "handler",
            later.RightWaived(evidence=s.evidence["waiver"], words="自愿放弃要求听证。"),
        ),
    ),
    Scene(
        date(2026, 4, 2),
        "复核陈述申辩",
        lambda s: s.take("defence.review", "handler", facts.answered()),
    ),
    Scene(
        date(2026, 4, 8),
        "集体讨论",
        lambda s: s.take("discussion.hold", "head", facts.discussion(s.proposal())),
    ),
)
DECISION = (Scene(date(2026, 4, 9), "作出处罚决定", _decide),)
AFTER = (
    Scene(date(2026, 4, 9), "决定书用印", lambda s: s.seal("penalty_decision")),
    Scene(date(2026, 4, 9), "缴款通知书用印", lambda s: s.seal("payment_notice")),
    Scene(date(2026, 4, 10), "送达决定书", lambda s: s.serve("penalty_decision")),
    Scene(date(2026, 4, 10), "送达缴款通知书", lambda s: s.serve("payment_notice")),
    Scene(date(2026, 4, 13), "裁定公开", _rule),
    Scene(date(2026, 4, 13), "拟定公示内容", _draft),
    Scene(date(2026, 4, 14), "审核发布公示", _release),
    Scene(
        date(2026, 4, 15),
        "报送重大行政处罚备案",
        lambda s: s.take(
            "record_filing.send",
            "handler",
            later.RecordFiled(sent_on=s.on, to="雅安市雨城区司法局、雅安市市场监督管理局"),
        ),
    ),
    Scene(date(2026, 4, 20), "登记缴款", _pay),
    Scene(
        date(2026, 4, 21),
        "没收财物收缴处理",
        lambda s: s.take(
            "confiscation.record",
            "property_keeper",
            later.GoodsTaken(
                keeper_note="没收的示例牌原味饼干12袋已入库，4月21日依法销毁。",
                witnessed_by="高示例",
            ),
        ),
    ),
)
CLOSING = (
    Scene(date(2026, 4, 22), "结案审批", _close),
    Scene(
        date(2026, 4, 24),
        "归档",
        lambda s: records.archive(
            matter_id=s.case_id,
            by=who("archivist"),
            on=s.on,
            retention=later.Retention.THIRTY,
            checked="文书齐全，页号连续，电子文件校验一致。",
        ),
    ),
)
