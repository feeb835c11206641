"""The party asks for a hearing: it is told in time, held, reviewed after, and weighs on the end."""

from __future__ import annotations

from datetime import date

from tests.journeys.telling import At, Tale, somebody
from tests.journeys.test_other_ways import decided, reviewed
from zhifa.cases.models import Decision
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import who
from zhifa.kernel.errors import AgainstLaw, NotPermitted
from zhifa.law.procedures.penalty import later

HELD = date(2026, 4, 20)


def _notified(day: date) -> later.HearingNotified:
    return later.HearingNotified(
        held_on=day, place="局机关会议室", chair=str(somebody("yc-hearing-chair"))
    )


def _held() -> later.HearingHeld:
    return later.HearingHeld(
        present="当事人林样例，承办人李示例、王示例。",
        record="承办人提出事实、证据和处罚建议；当事人申辩并质证，认为罚款过重。",
        opinion="事实清楚，证据充分，建议维持拟处罚意见。",
    )


def _discuss(tale: Tale) -> None:
    tale.by("head", "discussion.hold", facts.discussion(tale.proposal()))


def test_a_hearing_that_was_asked_for_is_held_and_the_case_reviewed_again(at: At) -> None:
    tale = at("事先告知书用印送达")
    tale.day(date(2026, 4, 1))
    tale.by("handler", "hearing.request", later.HearingRequested(requested_on=tale.on, how="书面"))
    assert "hearing.notify" in tale.waits_for()

    tale.day(date(2026, 4, 2))
    with tale.refused(AgainstLaw, "七个工作日前通知", article="CF:64:1:2"):
        tale.by("reviewer", "hearing.notify", _notified(date(2026, 4, 10)))
    own = later.HearingNotified(held_on=HELD, place="会议室", chair=str(who("second")))
    with tale.refused(AgainstLaw, "非本案调查人员主持", article="CF:64:1:4"):
        tale.by("reviewer", "hearing.notify", own)
    with tale.refused(NotPermitted, "法制审核人员", article="CF:64"):
        tale.by("handler", "hearing.notify", _notified(HELD))
    tale.by("reviewer", "hearing.notify", _notified(HELD))
    assert dict(tale.papers())["hearing_notice"] == "雅雨市监听通〔2026〕1号"
    with tale.refused(AgainstLaw, "尚未送达", article="CF:64:1:2"):
        tale.by("yc-hearing-chair", "hearing.hold", _held())
    tale.seal_and_serve("hearing_notice")

    tale.day(date(2026, 4, 9))
    with tale.refused(AgainstLaw, "听证尚未举行", article="CF:63"):
        _discuss(tale)
    with tale.refused(AgainstLaw, "听证日期是", article="CF:64:1:2"):
        tale.by("yc-hearing-chair", "hearing.hold", _held())

    tale.day(HELD)
    with tale.refused(NotPermitted, "听证主持人", article="CF:64:1:4"):
        tale.by("reviewer", "hearing.hold", _held())
    tale.by("yc-hearing-chair", "hearing.hold", _held())
    assert "hearing.due" not in tale.owes()

    tale.day(date(2026, 4, 21))
    with tale.refused(AgainstLaw, "听证后尚未重新审核", article="CF:58"):
        _propose(tale)
    assert "review.submit" in tale.waits_for()
    reviewed(tale, "听证后提请审核。")
    with tale.refused(AgainstLaw, "集体讨论", article="CF:57:2"):
        _propose(tale)
    tale.day(date(2026, 4, 22))
    _discuss(tale)
    decided(tale)

    row = Decision.objects.get(matter_id=tale.case_id)
    assert (row.number, row.fine_fen) == ("雅雨市监罚〔2026〕1号", 5_000_000)
    assert "听证" in tale.says("penalty_decision")
    kinds = [kind for kind, _ in tale.papers()]
    assert kinds.count("review_opinion") == 3, "returned, passed, and again after the hearing"
    assert kinds.index("hearing_notice") < kinds.index("hearing_record")
    assert kinds.index("hearing_record") < kinds.index("penalty_decision")


def test_after_the_term_nobody_asks_for_a_hearing(at: At) -> None:
    tale = at("事先告知书用印送达")
    tale.day(date(2026, 4, 8))
    late = later.HearingRequested(requested_on=tale.on, how="书面")
    with tale.refused(AgainstLaw, "2026年4月7日届满", article="CF:64:1:1"):
        tale.by("handler", "hearing.request", late)
    # What was sent in time and entered late is in time.
    in_time = later.HearingRequested(requested_on=date(2026, 4, 7), how="邮寄，4月7日交邮")
    tale.by("handler", "hearing.request", in_time)
    assert "hearing.due" in tale.owes()


def test_a_hearing_may_be_given_up_after_it_was_asked_for(at: At) -> None:
    tale = at("登记放弃听证声明")
    tale.by("handler", "hearing.request", later.HearingRequested(requested_on=tale.on, how="口头"))
    unproved = later.RightWaived(evidence="not in this file", words="放弃。")
    with tale.refused(AgainstLaw, "登记为证据", article="CF:63"):
        tale.by("handler", "hearing.waive", unproved)
    given_up = later.RightWaived(evidence=tale.evidence["waiver"], words="自愿放弃。")
    tale.by("handler", "hearing.waive", given_up)
    assert "hearing.due" not in tale.owes()


def _propose(tale: Tale) -> None:
    tale.by(
        "handler",
        "decision.propose",
        later.DecisionProposed(
            proposal=tale.proposal(), defence_adopted="无。", summary="建议处罚。"
        ),
    )
