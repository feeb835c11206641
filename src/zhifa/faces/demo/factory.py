"""The factory across 2026-08-15: an act under the old law, decided under the code, in own name."""

from __future__ import annotations

from datetime import date

from zhifa.faces.demo import acts, exhibits, facts
from zhifa.faces.demo.cast import HOUSES
from zhifa.faces.demo.facts import moment
from zhifa.faces.demo.story import Scene, Story
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import (
    Circumstance,
    DecisionKind,
    Finding,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)
from zhifa.law.procedures.review import Conclusion
from zhifa.law.subject import Answer, FoodSubject
from zhifa.registry import selectors as registry
from zhifa.registry.models import PartyKind
from zhifa.registry.services.parties import PartyFacts, register_party

POWER = "ecology.hazardous-label"
FACTORY = "雅安示例机械加工有限公司"
OWNER = "程样例"
PLACE = "雅安市雨城区示例工业园4号"
OFFICE = "雅安市雨城生态环境局"
FROM, UNTIL = date(2026, 6, 1), date(2026, 8, 12)
VIOLATED = ("EC:531",)
PENALISED_BY = ("EC:1175:1:1", "EC:1175:2")
FINE_FEN = 5_000_000


def _register(s: Story) -> list[str]:
    agency, _unit = HOUSES[s.house]
    s.place, s.owner, s.relation = PLACE, OWNER, "法定代表人"
    party = PartyFacts(
        kind=PartyKind.LEGAL_PERSON,
        name=FACTORY,
        representative=OWNER,
        usc_code="91511802MA0000XFXW",
        paper="511802197904050051",
        phone="13800000004",
        premises=PLACE,
    )
    s.party = str(register_party(facts=party, agency=agency, on=s.on, by=s.who("handler")))
    acts.register(
        s,
        f.ClueRegistered(
            source=f.ClueSource.REPORT,
            received_on=s.on,
            place=PLACE,
            party=s.party,
            reporter="匿名",
            summary="有人反映并提供8月10日拍摄的照片：厂内危险废物贮存间的油桶没有设置危险废物识别标志。",
        ),
    )
    lines = []
    for on in (UNTIL, s.on):
        found = registry.competence(POWER, registry.agency(agency, on).region_code, on, body=agency)
        of = registry.agency(found.assignment.in_name_of, on).full_name
        lines.append(f"　　{on.isoformat()}的执法名义：{of}（{found.mode.label}）")
    return lines


def _verify(s: Story) -> None:
    second = str(s.who("second"))
    s.take(
        "clue.verify",
        "handler",
        f.Verified(
            co_officer=second,
            acts=(f.VerificationAct.VISIT, f.VerificationAct.RECORDS),
            found=(
                "到厂核实：贮存间油桶已于8月12日由有资质单位运走。管理台账和转移联单显示，6月1日至8月12日贮存"
                "废矿物油，经办人承认此间油桶未设置危险废物识别标志。"
            ),
            criteria_met=True,
        ),
    )
    s.take(
        "inspection.record",
        "handler",
        f.SiteInspected(
            co_officer=second,
            place=PLACE,
            started_at=moment(s.on, 9, 30),
            ended_at=moment(s.on, 10, 40),
            identity_shown=True,
            recusal_told=True,
            present=f"{OWNER}（法定代表人）",
            found=(
                "危险废物贮存间内现存空桶两只，已张贴危险废物识别标志。调取6月1日以来危险废物管理台账和8月12日"
                "危险废物转移联单，转移废矿物油320千克。地面防渗完好，未见渗漏痕迹。"
            ),
        ),
    )


def _exhibits(s: Story) -> None:
    s.exhibit(
        "photo",
        exhibits.picture("贮存间照片", "拍摄时间：2026年8月10日", "油桶4只，桶身无识别标志"),
        f.EvidenceKind.ELECTRONIC,
        "举报照片（8月10日拍摄）",
        "8月10日贮存间油桶未设置危险废物识别标志",
        PLACE,
        11,
    )
    s.exhibit(
        "ledger",
        exhibits.picture(
            "危险废物管理台账、转移联单",
            "废矿物油　入库自2026年6月1日起",
            "2026年8月12日转移　320千克",
            ground="#fbfbf9",
        ),
        f.EvidenceKind.DOCUMENT,
        "危险废物管理台账和转移联单",
        "危险废物的种类、数量和贮存起止日期",
        PLACE,
        11,
    )


def _file(s: Story) -> None:
    made = f.FilingProposed(
        outcome=f.FilingOutcome.FILE,
        cause="涉嫌未按照规定设置危险废物识别标志案",
        party=s.party,
        power=POWER,
        acted_until=UNTIL,
        handlers=(str(s.who("handler")), str(s.who("second"))),
        suspected="当事人涉嫌在2026年6月1日至8月12日期间未按照规定设置危险废物识别标志。",
        reasons="有证据初步证明存在违法行为，属于本局管辖，未超过处罚时效。",
    )
    s.approve("filing", made, endorsed=True, words="同意立案。")


def _ask(s: Story) -> None:
    second = str(s.who("second"))
    s.take(
        "party.confirm",
        "handler",
        f.PartyConfirmed(
            co_officer=second,
            party=s.party,
            address=PLACE,
            recipient=OWNER,
            phone="13800000004",
        ),
    )
    talk = (
        (
            "贮存间的油桶里是什么？从什么时候开始存放？",
            "机床更换下来的废矿物油，从6月1日开始存放，8月12日由有资质的单位运走，共320千克。",
        ),
        ("存放期间桶身有没有设置危险废物识别标志？", "没有，标志牌订做晚了，8月12日才贴上。"),
        ("有没有泄漏、流失？", "没有，地面做过防渗，台账和联单都在。"),
    )
    s.take(
        "interview.record",
        "handler",
        f.Interviewed(
            co_officer=second,
            role=f.IntervieweeRole.LEGAL_REPRESENTATIVE,
            interviewee=OWNER,
            identity_no="511802197904050051",
            place=f"{OFFICE}询问室",
            started_at=moment(s.on, 14, 30),
            ended_at=moment(s.on, 15, 30),
            identity_shown=True,
            rights_told=True,
            exchange=tuple(f.QuestionAnswer(question=q, answer=a) for q, a in talk),
        ),
    )
    s.take(
        "correction.waive",
        "handler",
        f.CorrectionWaived(
            corrected=True,
            reason="废矿物油已于8月12日合法转移，贮存间和空桶已设置识别标志，经现场检查已经改正。",
        ),
    )


def _gain(s: Story) -> None:
    made = f.GainFound(
        co_officer=str(s.who("second")),
        goods_value_fen=0,
        income_fen=0,
        method="未设置识别标志没有产生收入，没有违法所得；本项处罚不以货值金额计算。",
    )
    s.take("gain.find", "handler", made)


def _asked() -> f.LawSettled:
    return f.LawSettled(
        subject=FoodSubject.NOT_FOOD,
        acted_from=FROM,
        acted_until=UNTIL,
        inspected=Answer.NOT_APPLICABLE,
        unaware=Answer.NOT_APPLICABLE,
        source_named=Answer.NOT_APPLICABLE,
        diligence_reason="本案不涉及食品。",
    )


def _settle(s: Story) -> list[str]:
    made = s.settle(_asked())
    s.take("law.settle", "handler", made)
    return [f"　　{line}" for line in made.comparison.rstrip("。").split("；")]


def _proposal(s: Story, fine_fen: int = FINE_FEN) -> PenaltyProposed:
    e = s.evidence
    rows = {
        "waste_kg": ("320", (e["ledger"],)),
        "refused": ("0", ()),
        "times_in_lookback": ("0", (e["ledger"],)),
        "harm": ("none", (e["ledger"],)),
        "removed_harm": ("0", ()),
        "confessed": ("0", ()),
        "cooperated": ("0", ()),
        "obstructed": ("0", ()),
    }
    found = (
        "2026年6月1日至8月12日，当事人在厂内危险废物贮存间贮存废矿物油320千克，容器未按照规定设置危险废物"
        "识别标志；8月12日合法转移并设置标志。"
    )
    return s.complete(
        PenaltyProposed(
            decision=DecisionKind.PENALTY,
            party=s.party,
            party_class=PartyClass.ORGANISATION,
            power=POWER,
            violated=VIOLATED,
            penalised_by=PENALISED_BY,
            items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fine_fen),),
            co_officer=str(s.who("second")),
            findings=(Finding(found=found, evidence=(e["photo"], e["ledger"]), articles=VIOLATED),),
            circumstances=tuple(
                Circumstance(factor=k, value=v, evidence=p) for k, (v, p) in rows.items()
            ),
            reasons=(
                "违法行为发生在生态环境法典施行以前，决定时新规定处罚较轻，依照行政处罚法第三十七条适用新规定。"
                "当事人初次违法，已经改正，没有造成污染，按新规定幅度的最低限处罚。"
            ),
        )
    )


def _end(s: Story) -> list[str]:
    """The old law's minimum is above the range that applies: refused; then the new law's."""
    told = s.refused("investigation.end", "handler", _proposal(s, 30_000_000))
    s.take("investigation.end", "handler", _proposal(s))
    return told


def _pass(s: Story) -> None:
    acts.conclude(
        s,
        facts.points(),
        Conclusion.AGREE,
        "本局以自己名义办理主体适格，新旧法律比较正确，事实清楚，裁量适当，同意拟处罚意见。",
    )


def _notice(s: Story) -> list[str]:
    made = later.NoticeProposed(
        proposal=s.proposal(), hearing_right=True, hearing_basis=("CF:63:1:1", "SCTZ:0")
    )
    s.approve("notice", made, endorsed=False, words="同意告知。")
    s.seal_and_serve("prior_notice")
    return s.near(20)


def _heard(s: Story) -> None:
    second = str(s.who("second"))
    s.take(
        "defence.hear",
        "handler",
        later.DefenceHeard(
            co_officer=second,
            form=later.DefenceForm.WRITTEN,
            speaker=OWNER,
            place=OFFICE,
            content="对违法事实没有异议。违法行为发生在旧法施行期间，请求按较轻的规定处理。不要求听证。",
        ),
    )
    s.take(
        "defence.review",
        "handler",
        later.DefenceReviewed(
            co_officer=second,
            points=(
                later.DefencePoint(
                    point="违法行为发生在旧法施行期间，请求按较轻的规定处理。",
                    adopted=True,
                    reason="拟处罚意见已经比较新旧规定，适用处罚较轻的新规定，并按最低限确定罚款。",
                ),
            ),
            conclusion="意见予以采纳，与拟处罚意见一致，维持拟处罚意见。",
        ),
    )


def _discuss(s: Story) -> list[str]:
    acts.discuss(
        s,
        (
            ("deputy1", "副局长", "新法幅度较轻，适用正确，同意。", later.Vote.AGREE),
            ("deputy2", "副局长", "已经改正，没有污染，按最低限适当，同意。", later.Vote.AGREE),
            ("head", "局长", "同意，抓紧在办案期限内作出决定。", later.Vote.AGREE),
        ),
        place="局机关会议室",
        conclusion="一致同意拟作出的行政处罚。",
    )
    return s.near(20)


def _serve(s: Story) -> None:
    for kind in ("penalty_decision", "payment_notice"):
        s.seal_and_serve(kind)


SCENES = (
    Scene(date(2026, 8, 18), "登记举报线索", _register),
    Scene(date(2026, 8, 19), "核查并现场检查", _verify),
    Scene(date(2026, 8, 19), "登记照片、台账和联单", _exhibits),
    Scene(date(2026, 8, 20), "立案审批", _file),
    Scene(date(2026, 8, 21), "确认身份，询问，改正情况", _ask),
    Scene(date(2026, 8, 24), "认定违法所得", _gain),
    Scene(date(2026, 8, 25), "比较新旧法律，确定适用的法律", _settle),
    Scene(date(2026, 10, 12), "终结调查，提出处理意见", _end),
    Scene(
        date(2026, 10, 13), "送审", lambda s: acts.submit(s, "提请法制审核，请重点审核新旧法适用。")
    ),
    Scene(date(2026, 10, 15), "审核通过", _pass),
    Scene(date(2026, 10, 29), "事先告知（即将到期的期限）", _notice),
    Scene(date(2026, 11, 2), "听取并复核陈述申辩", _heard),
    Scene(date(2026, 11, 6), "集体讨论（即将到期的期限）", _discuss),
    Scene(
        date(2026, 11, 9),
        "作出处罚决定",
        lambda s: acts.decide(
            s,
            heard="当事人请求适用较轻的规定，经复核予以采纳。",
            summary="建议作出行政处罚决定。",
            words="同意，作出行政处罚决定。",
        ),
    ),
    Scene(date(2026, 11, 10), "决定书用印送达", _serve),
    Scene(date(2026, 11, 11), "裁定公开", acts.rule),
    Scene(date(2026, 11, 11), "拟定公示内容", acts.draft),
    Scene(date(2026, 11, 12), "审核发布公示", acts.release),
    Scene(date(2026, 11, 12), "报送重大行政处罚备案", acts.report),
    Scene(date(2026, 11, 16), "登记缴款", lambda s: acts.pay(s, FINE_FEN, "示例票据0000004")),
    Scene(
        date(2026, 11, 18),
        "结案审批",
        lambda s: acts.close(s, later.ClosingReason.PERFORMED, "当事人已缴清罚款。"),
    ),
    Scene(date(2026, 11, 20), "归档", acts.archive),
)
