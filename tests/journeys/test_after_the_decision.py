"""What may still happen when the decision stands: no money in time, or an instrument undoes it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.journeys.telling import At, Tale, follow
from tests.journeys.test_other_ways import closed
from zhifa.cases import similar
from zhifa.cases.models import Case, Payment
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import AGENCY, who
from zhifa.faces.demo.play import ALL
from zhifa.kernel import ledger
from zhifa.kernel.errors import AgainstLaw, BadInput, NotPermitted
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures import publication as notice
from zhifa.law.procedures.penalty import aftermath, later
from zhifa.law.procedures.penalty.proposal import PenaltyItem
from zhifa.law.publishing import Ruling
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import RunningTerm
from zhifa.publicity import drafting
from zhifa.publicity import services as publicity
from zhifa.publicity.models import Publication, PublishedDecision, Tombstone
from zhifa.records import services as records

FINE, GAIN = 5_000_000, 2_970


def paid(
    on: date,
    fine_fen: int = 0,
    *,
    gain_fen: int = 0,
    surcharge_fen: int = 0,
    receipt: str = "示例票据0000002",
) -> later.PaymentRecorded:
    """Money as the bank reports it."""
    return later.PaymentRecorded(
        fine_fen=fine_fen,
        gain_fen=gain_fen,
        surcharge_fen=surcharge_fen,
        paid_on=on,
        receipt=receipt,
        bank="示例银行雅安分行（演示）",
    )


def _due(tale: Tale) -> date:
    run = tale.stands().term("payment")
    assert run is not None
    return run.due.due


def test_a_deferral_moves_the_day_and_lateness_costs_three_percent_a_day(at: At) -> None:
    tale = at("送达缴款通知书")
    assert _due(tale) == date(2026, 4, 27), "the fifteenth day is a Saturday; the Monday is in time"
    tale.day(date(2026, 4, 16))
    granted = later.DeferralGranted(days=30, reason="经营困难，申请延期。")
    with tale.refused(NotPermitted, "行政机关负责人", article="CF:66:2"):
        tale.by("handling_head", "payment.defer", granted)
    tale.by("head", "payment.defer", granted)
    due = _due(tale)
    assert due == date(2026, 5, 25)
    with tale.refused(AgainstLaw, "最多延长1次", article="CF:66:2"):
        tale.by("head", "payment.defer", granted)

    with tale.refused(NotPermitted, "罚没款核对员", article="CF:67"):
        tale.by("handler", "payment.record", paid(tale.on, FINE))
    with tale.refused(AgainstLaw, "超过尚欠的罚款50000元", article="CF:67"):
        tale.by("cashier", "payment.record", paid(tale.on, FINE + 1))
    tale.by("cashier", "payment.record", paid(tale.on, 2_000_000, gain_fen=GAIN))
    assert "fine.unpaid" in tale.owes()

    # Ten days late with thirty thousand yuan: 3 % a day of what is unpaid, 900 yuan, ten times.
    tale.day(due + timedelta(days=10))
    with tale.refused(AgainstLaw, "加处罚款应为9000元", article="CF:72"):
        tale.by("cashier", "payment.record", paid(tale.on, 3_000_000))
    with tale.refused(AgainstLaw, "加处罚款应为9000元", article="CF:72"):
        late = paid(tale.on, 3_000_000, surcharge_fen=900_001)
        tale.by("cashier", "payment.record", late)
    with tale.refused(BadInput, "这张票据已经登记过"):
        tale.by("cashier", "payment.record", paid(tale.on, 3_000_000, surcharge_fen=900_000))
    last = paid(tale.on, 3_000_000, surcharge_fen=900_000, receipt="示例票据0000003")
    tale.by("cashier", "payment.record", last)
    assert "fine.unpaid" not in tale.owes()
    rows = Payment.objects.filter(matter_id=tale.case_id)
    assert sum(p.fine_fen + p.gain_fen for p in rows) == FINE + GAIN
    with tale.refused(AgainstLaw, "没有待缴的罚没款", article="CF:67"):
        tale.by("cashier", "payment.record", paid(tale.on, 1))


def test_the_surcharge_never_exceeds_the_fine(at: At) -> None:
    tale = at("送达缴款通知书")
    tale.day(_due(tale) + timedelta(days=200))
    with tale.refused(AgainstLaw, "加处罚款应为50000元", article="CF:72"):
        tale.by("cashier", "payment.record", paid(tale.on, FINE, gain_fen=GAIN))
    tale.by("cashier", "payment.record", paid(tale.on, FINE, gain_fen=GAIN, surcharge_fen=FINE))
    assert "fine.unpaid" not in tale.owes()


def _revoke(tale: Tale, **changed: Any) -> None:
    made = aftermath.RevocationProposed(
        co_officer=str(who("second")),
        kind=aftermath.RevocationKind.CHANGE,
        error="裁量时没有考虑当事人主动召回已售食品。",
        reasons="当事人主动消除危害后果，依法减轻处罚。",
        **changed,
    )
    tale.approve("revocation", made, endorsed=True, words="同意。")


def test_a_decision_that_fell_before_it_was_published_is_not_published_any_more(at: At) -> None:
    tale = at("送达缴款通知书")
    tale.day(date(2026, 4, 28))
    row = Publication.objects.get(case_matter_id=tale.case_id)
    assert row.state == "OPEN"
    annulled = later.OutcomeRecorded(
        kind=later.OutcomeKind.VOID,
        forum=later.Forum.COURT,
        instrument="示例行初1号",
        body="示例法院",
        dated_on=date(2026, 4, 24),
        served_on=date(2026, 4, 27),
        effective_on=date(2026, 4, 27),
    )
    tale.by("reviewer", "outcome.record", annulled)
    follow()
    row.refresh_from_db()
    assert row.state == "DECLINED"
    assert row.matter.closed
    assert "publicity.due" not in tale.owes()
    assert Case.objects.get(matter_id=tale.case_id).outcome == "void"


def test_a_draft_of_what_was_changed_since_is_not_released(at: At) -> None:
    tale = at("拟定公示内容")
    _revoke(tale, items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=3_000_000),))
    tale.seal_and_serve("change_decision")
    follow()
    given = tale.publication("publish_reviewer")
    draft = notice.draft(matters.standing(matters.matter(given["publication_id"]), tale.on))
    assert draft is not None
    with tale.refused(AgainstLaw, "处罚决定已经变更"):
        tale.do(publicity.release, notice=notice.digest(draft), **given)
    assert not PublishedDecision.objects.exists()


def test_an_annulled_decision_is_taken_down_in_three_days_and_not_collected(at: At) -> None:
    tale = at("审核发布公示")
    (shown,) = PublishedDecision.objects.all()
    tale.day(date(2026, 4, 28))
    annulled = later.OutcomeRecorded(
        kind=later.OutcomeKind.ANNULLED,
        ground=later.AnnulGround.FACTS,
        instrument="雨城府复决〔2026〕示例1号",
        body="雅安市雨城区人民政府",
        dated_on=date(2026, 4, 24),
        served_on=date(2026, 4, 27),
        effective_on=date(2026, 4, 27),
    )
    with tale.refused(NotPermitted, "法制审核人员", article="CF:48:2"):
        tale.by("handler", "outcome.record", annulled)
    power, agency = facts.POWER, AGENCY
    assert [d.fine_fen for d in similar.decisions(power, agency, tale.on)] == [FINE]
    tale.by("reviewer", "outcome.record", annulled)
    assert similar.decisions(power, agency, tale.on) == (), "what was annulled is no measure"
    follow()
    assert {"withdrawal.due"} <= tale.owes()
    assert not {"fine.unpaid", "goods.untaken"} & tale.owes()
    with tale.refused(AgainstLaw, "没有待缴的罚没款", article="CF:67"):
        tale.by("cashier", "payment.record", paid(tale.on, FINE))
    term = tale.stands().term("withdrawal")
    assert term is not None
    assert term.due.due <= date(2026, 4, 30), "three days from the instrument's effect at most"
    ended = later.ClosingProposed(reason=later.ClosingReason.ANNULLED, execution="已撤销。")
    with tale.refused(AgainstLaw, "已公示的决定尚未撤下", article="SJ:77"):
        tale.by("handler", "closing.propose", ended)

    def take_down(part: str, ground: notice.TakeDown) -> None:
        tale.do(
            publicity.withdraw,
            facts=notice.NoticeWithdrawn(
                ground=ground,
                instrument=annulled.instrument,
                effective_on=annulled.effective_on,
                reason="复议机关撤销处罚决定。",
            ),
            **tale.publication(part),
        )

    with tale.refused(NotPermitted, "公示审核员", article="CF:48:2"):
        take_down("publisher", notice.TakeDown.REVOKED)
    with tale.refused(AgainstLaw, "登记的情形是", article="CF:48:2"):
        take_down("publish_reviewer", notice.TakeDown.ILLEGAL)
    assert PublishedDecision.objects.count() == 1
    take_down("publish_reviewer", notice.TakeDown.REVOKED)

    assert not PublishedDecision.objects.exists()
    (stone,) = Tombstone.objects.all()
    assert stone.public_id == shown.public_id
    for said in vars(stone).values():
        for secret in (shown.party_name, shown.number, "饼干", "林样例"):
            assert secret not in str(said)
    stopped = tale.stands().term("withdrawal")
    assert stopped is not None
    assert stopped.stopped_on == tale.on <= stopped.due.due
    tale.day(date(2026, 4, 29))
    closed(tale, later.ClosingReason.ANNULLED, "处罚决定已被撤销，未执行。")
    assert ledger.verify().ok


def test_an_upheld_decision_stays_up(at: At) -> None:
    tale = at("审核发布公示")
    tale.day(date(2026, 4, 28))
    upheld = later.OutcomeRecorded(
        kind=later.OutcomeKind.UPHELD,
        instrument="雨城府复决〔2026〕示例2号",
        body="雅安市雨城区人民政府",
        dated_on=date(2026, 4, 24),
        served_on=date(2026, 4, 27),
        effective_on=date(2026, 4, 27),
    )
    with tale.refused(AgainstLaw, "收到日期不能早于", article="CF:48:2"):
        backwards = later.OutcomeRecorded(
            **{**vars(upheld), "served_on": date(2026, 4, 1)},
        )
        tale.by("reviewer", "outcome.record", backwards)
    tale.by("reviewer", "outcome.record", upheld)
    follow()
    assert "withdrawal.due" not in tale.owes()
    assert "fine.unpaid" in tale.owes()
    assert PublishedDecision.objects.count() == 1


@pytest.mark.parametrize("part", ["publisher", "handler", "cashier", "archivist"])
def test_only_a_head_defers_a_fine(at: At, part: str) -> None:
    tale = at("审核发布公示")
    with tale.refused(NotPermitted, "行政机关负责人", article="CF:66:2"):
        tale.by(part, "payment.defer", later.DeferralGranted(days=10, reason="困难。"))


def _made_public(tale: Tale) -> None:
    """The newest publication ruled, drafted and released."""
    made = notice.RulingProposed(regime=notice.Regime.PLAN, ruling=Ruling.PUBLISH)
    tale.do(publicity.propose_ruling, facts=made, **tale.publication("publisher"))
    agreed = notice.RulingConfirmed(opinion="同意公开。")
    tale.do(publicity.confirm_ruling, facts=agreed, **tale.publication("publish_reviewer"))
    drafted = drafting.drafted(drafting.source(tale.case_id, tale.on))
    tale.do(publicity.draft, facts=drafted, **tale.publication("publisher"))
    given = tale.publication("publish_reviewer")
    draft = notice.draft(matters.standing(matters.matter(given["publication_id"]), tale.on))
    assert draft is not None
    tale.do(publicity.release, notice=notice.digest(draft), **given)


def test_an_own_change_is_served_collected_and_published_as_it_now_reads(at: At) -> None:
    tale = at("审核发布公示")
    (before,) = PublishedDecision.objects.all()
    tale.day(date(2026, 4, 16))
    left = (PenaltyItem(kind=PenaltyKind.FINE, amount_fen=3_000_000),)
    with tale.refused(AgainstLaw, "变更只能减轻处罚", article="CF:75:2"):
        _revoke(tale, items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=6_000_000),))
    _revoke(tale, items=left)
    letter = tale.says("change_decision")
    assert "300000" in letter.replace("3000000", "300000")
    tale.seal_and_serve("change_decision")
    follow()
    assert {"withdrawal.due", "publicity.due"} <= tale.owes()
    assert "goods.untaken" not in tale.owes()
    with tale.refused(AgainstLaw, "超过尚欠的罚款30000元", article="CF:67"):
        tale.by("cashier", "payment.record", paid(tale.on, FINE, receipt="示例票据0000009"))

    old = Publication.objects.get(public_id=before.public_id)
    down = notice.NoticeWithdrawn(
        ground=notice.TakeDown.CHANGED,
        instrument=tale.stands().outputs("change_decision")[-1].number,
        reason="本机关变更处罚决定。",
    )
    with tale.refused(AgainstLaw, "变更前的公示尚未撤下", article="CF:48:2"):
        _made_public(tale)
    tale.calls += 10  # acts of the refused try have numbers of their own
    tale.do(
        publicity.withdraw,
        publication_id=old.matter_id,
        facts=down,
        by=who("publish_reviewer"),
        on=tale.on,
    )
    _made_public(tale)
    (shown,) = PublishedDecision.objects.all()
    assert shown.public_id != before.public_id
    assert (shown.fine_fen, shown.confiscated_fen, shown.kinds) == (3_000_000, 0, ["fine"])
    assert "30000元" in shown.penalty
    tale.by("cashier", "payment.record", paid(tale.on, 3_000_000, receipt="示例票据0000009"))
    assert not {"fine.unpaid", "publicity.due", "withdrawal.due"} & tale.owes()
    assert ledger.verify().ok


def test_a_slip_is_put_right_and_the_public_reads_it_so_without_a_gap(at: At) -> None:
    tale = at("审核发布公示")
    (before,) = PublishedDecision.objects.all()
    tale.day(date(2026, 4, 16))

    def rectify(wrong: str, right: str) -> None:
        slip = aftermath.Erratum(place="查明的事实", wrong=wrong, right=right)
        made = aftermath.RectificationProposed(
            co_officer=str(who("second")), errata=(slip,), reason="误写。", clerical=True
        )
        tale.approve("rectification", made, endorsed=False, words="同意更正。")

    with tale.refused(BadInput, "处罚决定书中没有"):
        rectify("决定书里没有的话", "别的话")
    with tale.refused(AgainstLaw, "处罚数额不属于文字更正", article="CF:75:2"):
        rectify("罚款50000元", "罚款30000元")
    rectify("示例牌原味饼干", "示例牌原味饼干（散装）")
    tale.seal_and_serve("rectification_decision")
    follow()
    assert "publicity.due" in tale.owes()
    assert "withdrawal.due" not in tale.owes()
    assert PublishedDecision.objects.get() == before, "what is up stays up until it is replaced"
    _made_public(tale)
    (shown,) = PublishedDecision.objects.all()
    assert "示例牌原味饼干（散装）" in shown.facts
    assert shown.fine_fen == before.fine_fen
    (stone,) = Tombstone.objects.all()
    assert (stone.public_id, stone.ground) == (before.public_id, "rectified")
    assert "publicity.due" not in tale.owes()
    assert Publication.objects.get(public_id=before.public_id).state == "WITHDRAWN"


def test_a_wrong_entry_is_struck_out_the_ledger_keeps_both(at: At) -> None:
    tale = at("审核发布公示")
    tale.by("cashier", "payment.record", paid(tale.on, FINE, gain_fen=GAIN))
    assert "fine.unpaid" not in tale.owes()
    entry = tale.stands().seq
    wrong = aftermath.EntryStruck(entry=str(entry), reason="票据属于另一案件。")
    with tale.refused(NotPermitted, "承办机构负责人", article="CF:75:2"):
        tale.by("cashier", "entry.strike", wrong)
    tale.by("handling_head", "entry.strike", wrong)
    assert "fine.unpaid" in tale.owes()
    assert not Payment.objects.filter(matter_id=tale.case_id).exists()
    kept = [e.data["step"] for e in ledger.events(tale.case_id) if "step" in e.data]
    assert kept[-2:] == ["payment.record", "entry.strike"]
    tale.by("cashier", "payment.record", paid(tale.on, FINE))
    assert "fine.unpaid" in tale.owes(), "the gain is still to come"
    told = RunningTerm.objects.get(matter_id=tale.case_id, code="payment")
    assert told.stopped_on is None
    assert ledger.verify().ok


def test_the_whole_file_verifies_offline_and_a_changed_byte_is_named(
    at: At, tmp_path: Path
) -> None:
    tale = at(ALL[-1].title)
    assert tale.owes() == set()
    out = records.export_dossier(tale.case_id, tmp_path / "case.zip")
    tool = [sys.executable, "-I", "-S", str(ROOT / "tools" / "verify_dossier.py")]
    sound = subprocess.run([*tool, str(out)], capture_output=True, text=True, check=False)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    spoilt = tmp_path / "spoilt.zip"
    content = bytearray(out.read_bytes())
    content[len(content) // 2] ^= 1
    spoilt.write_bytes(bytes(content))
    found = subprocess.run([*tool, str(spoilt)], capture_output=True, text=True, check=False)
    assert found.returncode != 0
