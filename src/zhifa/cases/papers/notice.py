"""Papers of notice, defence and hearing."""

from __future__ import annotations

from datetime import timedelta

from zhifa.cases.papers import prose
from zhifa.cases.papers.context import Context, citations
from zhifa.kernel import clock
from zhifa.law.procedures.penalty.gates import hearing_told, notice_served
from zhifa.law.sources import CF
from zhifa.records.inputs.notice import (
    DefenceRecord,
    DefenceReview,
    HearingNotice,
    HearingRecord,
    HearingRight,
    PriorNotice,
    ReviewedPoint,
)
from zhifa.records.inputs.parts import Approval, Speech

HEARING_RIGHTS = (
    "当事人可以亲自参加听证，也可以委托一至二人代理。",
    "当事人认为听证主持人与本案有直接利害关系的，有权申请回避。",
    "当事人及其代理人无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利，听证终止。",
    "当事人不承担组织听证的费用。",
)


def prior_notice(c: Context) -> PriorNotice:
    """行政处罚事先告知书."""
    p, f = c.proposal, c.facts
    right = None
    if f.hearing_right:
        right = HearingRight(
            reason="拟作出的行政处罚属于应当告知听证权利的情形",
            term="五个工作日",
            bases=citations((*f.hearing_basis, CF(64, 1, 1))),
        )
    return PriorNotice(
        **c.common,
        party=c.party,
        facts=prose.findings(c),
        evidence=prose.evidence_line(c),
        violated=citations(p.violated),
        penalty_bases=citations(p.penalised_by),
        reasons=prose.nature(c) + prose.law_choice(c) + prose.discretion(c),
        proposal=c.penalties(p),
        notice_bases=citations((CF(44), CF(45))),
        defence_term="五个工作日",
        hearing=right,
        contact=c.contact,
    )


def defence_record(c: Context) -> DefenceRecord:
    """陈述申辩笔录."""
    f = c.facts
    told = notice_served(c.s)
    waived = None
    if told is not None and hearing_told(c.s) and c.s.since(told, "hearing.waive"):
        waived = "当事人明确表示放弃听证。"
    return DefenceRecord(
        **c.common,
        party=c.party,
        speaker=f.speaker,
        speaker_role=c.party.representative_label or "当事人",
        speaker_id="",
        notice_no=prose.told_on(c),
        started_at=clock.at(c.on),
        ended_at=clock.at(c.on) + timedelta(minutes=40),
        place=f.place,
        officers=c.pair,
        recorder=c.name(f.co_officer),
        statement=f.content,
        submitted=(),
        hearing_waived=waived,
        party_remark="以上笔录已阅，记录属实。",
    )


def defence_review(c: Context) -> DefenceReview:
    """陈述申辩复核意见书."""
    f = c.facts
    heard = c.s.last("defence.hear")
    assert heard is not None
    return DefenceReview(
        **c.common,
        party=c.party,
        notice_no=prose.told_on(c),
        heard_on=heard.on,
        points=tuple(
            ReviewedPoint(
                claim=p.point, finding=p.reason, accepted="采纳" if p.adopted else "不予采纳"
            )
            for p in f.points
        ),
        conclusion=f.conclusion,
        bases=citations((CF(45), CF(62))),
        proposal=c.penalties(),
        officers=c.pair,
        approvals=(
            Approval(
                role="复核人意见", opinion=f.conclusion, signer=c.strand.signer, signed_on=c.on
            ),
        ),
    )


def hearing_notice(c: Context) -> HearingNotice:
    """行政处罚听证通知书."""
    f = c.facts
    asked = c.s.last("hearing.request")
    assert asked is not None
    return HearingNotice(
        **c.common,
        party=c.party,
        requested_on=asked.facts.requested_on,
        held_at=clock.at(f.held_on),
        place=f.place,
        public=f.public,
        private_reason=f.not_public_reason or None,
        chair=c.person(f.chair, "听证主持人"),
        members=(),
        recorder=c.person(str(c.act.by), "记录员"),
        bases=citations((CF(63), CF(64))),
        rights=HEARING_RIGHTS,
        contact=c.contact,
    )


def hearing_record(c: Context) -> HearingRecord:
    """听证笔录."""
    f = c.facts
    told = c.s.last("hearing.notify")
    assert told is not None
    notified = told.facts
    return HearingRecord(
        **c.common,
        party=c.party,
        agents=(),
        held_at=clock.at(c.on),
        ended_at=clock.at(c.on, 11),
        place=notified.place,
        public=notified.public,
        chair=c.person(str(c.act.by), "听证主持人"),
        members=(),
        recorder=c.person(told.actor, "记录员"),
        officers=c.team,
        opening=(
            "主持人核对听证参加人身份，宣布听证纪律，告知当事人权利义务，询问是否申请回避。"
            if f.attended
            else "当事人无正当理由未出席听证，视为放弃听证权利，听证终止。"
        ),
        speeches=(Speech(name="听证参加人", post="", text=f.record),),
        closing=f"听证主持人意见：{f.opinion}",
        party_remark="以上笔录已阅，记录属实。" if f.attended else "",
        refusal=None,
    )
