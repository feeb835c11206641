"""What may still happen when the decision stands: no money in time, or an instrument undoes it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.journeys.telling import At, Tale, follow
from tests.journeys.test_other_ways import closed
from zhifa.cases import similar
from zhifa.cases.models import Payment
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import AGENCY
from zhifa.faces.demo.play import ALL
from zhifa.kernel import ledger
from zhifa.kernel.errors import AgainstLaw, BadInput, NotPermitted
from zhifa.law.procedures import publication as notice
from zhifa.law.procedures.penalty import later
from zhifa.publicity import services as publicity
from zhifa.publicity.models import PublishedDecision, Tombstone
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


def test_an_annulled_decision_is_taken_down_in_three_days_and_not_collected(at: At) -> None:
    tale = at("审核发布公示")
    (shown,) = PublishedDecision.objects.all()
    tale.day(date(2026, 4, 28))
    annulled = later.OutcomeRecorded(
        kind=later.OutcomeKind.ANNULLED,
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
