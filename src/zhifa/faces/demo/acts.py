"""Acts that every story of the demonstration has, by the people of the story's own agency."""

from __future__ import annotations

from collections.abc import Sequence

from zhifa.cases import services as cases
from zhifa.faces.demo.cast import HOUSES
from zhifa.faces.demo.story import Story
from zhifa.law.procedures import publication as notice
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.facts import ClueRegistered
from zhifa.law.procedures.review import REQUIRED_PAPERS, Conclusion, PaperLine, PointFinding
from zhifa.law.publishing import Ruling
from zhifa.procedure import selectors as matters
from zhifa.publicity import drafting
from zhifa.publicity import services as publicity
from zhifa.records import services as records
from zhifa.review import services as review


def register(s: Story, clue: ClueRegistered) -> None:
    """The clue registered: the case begins."""
    agency, unit = HOUSES[s.house]
    taken = s.do(
        cases.register_clue,
        agency=agency,
        unit=unit,
        by=s.who("handler"),
        on=s.on,
        facts=clue,
    )
    s.case_id = taken.matter_id


def submit(s: Story, note: str) -> None:
    """The proposal submitted for review with every paper."""
    s.do(
        review.submit,
        case_id=s.case_id,
        by=s.who("handler"),
        on=s.on,
        lines=tuple(PaperLine(name=name, present=True) for name in REQUIRED_PAPERS),
        note=note,
    )


def conclude(
    s: Story, findings: tuple[PointFinding, ...], conclusion: Conclusion, advice: str
) -> None:
    """The review concluded by the reviewer."""
    s.do(
        review.conclude,
        review_id=lambda: s.review_id(),
        by=s.who("reviewer"),
        on=s.on,
        findings=findings,
        conclusion=conclusion,
        advice=advice,
    )


def discuss(
    s: Story, said: Sequence[tuple[str, str, str, later.Vote]], *, place: str, conclusion: str
) -> None:
    """The heads discuss together and agree: part, office, own words and vote of each."""
    opinions = tuple(
        later.MemberOpinion(member=str(s.who(part)), office=office, opinion=words, vote=vote)
        for part, office, words, vote in said
    )
    made = later.Discussed(
        proposal=s.proposal(),
        place=place,
        quorum=len(opinions),
        reporter=str(s.who("handler")),
        opinions=opinions,
        agreed=True,
        conclusion=conclusion,
    )
    s.take("discussion.hold", "head", made)


def decide(s: Story, *, heard: str, summary: str, words: str) -> None:
    """The decision proposed, endorsed and made."""
    made = later.DecisionProposed(proposal=s.proposal(), defence_adopted=heard, summary=summary)
    s.approve("decision", made, endorsed=True, words=words)


def rule(s: Story) -> None:
    """Two people rule that the decision is published."""
    made = notice.RulingProposed(regime=notice.Regime.PLAN, ruling=Ruling.PUBLISH)
    s.do(publicity.propose_ruling, facts=made, **s.publication("publisher"))
    s.do(
        publicity.confirm_ruling,
        facts=notice.RulingConfirmed(opinion="同意公开。"),
        **s.publication("publish_reviewer"),
    )


def draft(s: Story) -> None:
    """The public notice drafted from the record."""
    made = drafting.drafted(drafting.source(s.case_id, s.on))
    s.do(publicity.draft, facts=made, **s.publication("publisher"))


def release(s: Story) -> None:
    """The notice released by the second person."""
    given = s.publication("publish_reviewer")
    made = notice.draft(matters.standing(matters.matter(given["publication_id"]), s.on))
    assert made is not None
    s.do(publicity.release, notice=notice.digest(made), **given)


def report(s: Story) -> None:
    """A major penalty reported for record."""
    to = "雅安市雨城区司法局、雅安市市场监督管理局"
    if s.house == "sy":
        to = "雅安市司法局、雅安市生态环境局"
    s.take("record_filing.send", "handler", later.RecordFiled(sent_on=s.on, to=to))


def pay(s: Story, fine_fen: int, receipt: str) -> None:
    """The fine paid at the bank."""
    made = later.PaymentRecorded(
        fine_fen=fine_fen, paid_on=s.on, receipt=receipt, bank="示例银行雅安分行（演示）"
    )
    s.take("payment.record", "cashier", made)


def close(s: Story, reason: later.ClosingReason, execution: str) -> None:
    """The case closed."""
    made = later.ClosingProposed(reason=reason, execution=execution)
    s.approve("closing", made, endorsed=False, words="同意结案。")


def archive(s: Story) -> None:
    """The volume taken over by the archivist."""
    s.do(
        records.archive,
        matter_id=s.case_id,
        by=s.who("archivist"),
        on=s.on,
        retention=later.Retention.THIRTY,
        checked="文书齐全，页号连续，电子文件校验一致。",
    )
