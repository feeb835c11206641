"""Papers from the clue to the filing."""

from __future__ import annotations

from zhifa.cases.papers.context import Context, citations
from zhifa.kernel import clock
from zhifa.law.sources import CF, SJ
from zhifa.law.term import Term
from zhifa.law.terms import compute, get
from zhifa.records.inputs.filing import ClueRegistration, FilingApproval
from zhifa.records.inputs.parts import Approval


def clue_registration(c: Context) -> ClueRegistration:
    """案件来源登记表."""
    f = c.facts
    term: Term = get("clue.verification", c.on)
    due = compute(term, f.received_on, c.strand.setting.calendar)
    return ClueRegistration(
        **c.common,
        source=f.source.label,
        received_at=clock.at(f.received_on),
        received_by=c.strand.actor.name,
        channel=f.source.label,
        informant="要求保密" if f.named_reporter else "无",
        informant_contact="依法保密，另行保存" if f.named_reporter else "",
        subject=c.party_name,
        subject_address=f.place,
        content=f.summary,
        attachments=(),
        verification="待核查。",
        verify_by=due.due,
        approvals=(
            Approval(
                role="登记人意见", opinion="建议核查。", signer=c.strand.signer, signed_on=c.on
            ),
        ),
    )


def filing_approval(c: Context) -> FilingApproval:
    """立案审批表."""
    f = c.facts
    clue = c.clue
    assert clue is not None
    power = c.power if f.power else None
    return FilingApproval(
        **c.common,
        source=clue.source.label,
        found_on=clue.received_on,
        party=c.party,
        summary=f"{f.suspected.rstrip('。')}。处理意见：{f.outcome.label}。{f.reasons}",
        violated=citations(power.violated) if power else (),
        penalty_bases=citations(power.penalty) if power else (),
        filing_bases=citations((CF(54, 2), SJ(19))),
        jurisdiction=f"案件发生地为{clue.place}，由{c.agency.full_name}管辖。",
        officers=c.officers(*f.handlers),
        approvals=c.approvals("filing", words=f"建议{f.outcome.label}。"),
    )
