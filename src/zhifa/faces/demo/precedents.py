"""Two earlier cases of residue, decided before the celery case: what it is weighed beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zhifa.faces.demo import acts, exhibits, facts, residue
from zhifa.faces.demo.residue import Seller
from zhifa.faces.demo.story import Scene, Story
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import Leniency
from zhifa.law.procedures.review import Conclusion

LEEK = Seller(
    name="雅安市雨城区示例生鲜店",
    owner="苗样例",
    code="92511802MA0000XC5C",
    paper="511802197803020021",
    phone="13800000001",
    place="雅安市雨城区示例街2号",
    goods="韭菜",
    sold="60斤",
    goods_value_fen=30_000,
    income_fen=30_000,
    refunded_fen=0,
    method="购进并售出60斤，每斤5.00元，货值金额和违法所得均为300.00元。",
    excess_percent=45,
    sold_on=date(2026, 4, 1),
)
BEAN = Seller(
    name="雅安市雨城区示例菜铺",
    owner="田样例",
    code="92511802MA0000XJ29",
    paper="511802198507150037",
    phone="13800000002",
    place="雅安市雨城区示例市场7号",
    goods="豇豆",
    sold="20斤",
    goods_value_fen=12_000,
    income_fen=12_000,
    refunded_fen=12_000,
    method="购进并售出20斤，每斤6.00元，货值金额120.00元；货款已全部退还购买人，没有违法所得。",
    excess_percent=35,
    sold_on=date(2026, 4, 20),
)
TALK = (
    ("涉案蔬菜从哪里购进？有没有进货查验记录？", "从示例批发市场购进，没有登记，也没有留票据。"),
    ("有没有人反映食用后身体不适？", "没有。"),
)
WHY_NOT = (
    "当事人没有建立进货查验记录，未索取、保存供货凭证和合格证明，不能证明不知道所购蔬菜不符合食品安全"
    "标准，不符合免予处罚的全部条件。"
)


@dataclass(frozen=True)
class Days:
    """The days of a plain case."""

    clue: date
    filed: date
    heard: date
    proposed: date
    passed: date
    told: date
    discussed: date
    decided: date
    served: date
    published: date
    closed: date


def _hearing(s: Story, *, right: bool) -> None:
    made = later.NoticeProposed(
        proposal=s.proposal(),
        hearing_right=right,
        hearing_basis=("CF:63:1:1",) if right else (),
    )
    s.approve("notice", made, endorsed=False, words="同意告知。")
    s.seal_and_serve("prior_notice")


def _refunds(s: Story, seller: Seller) -> None:
    if not seller.refunded_fen:
        return
    s.exhibit(
        "refunds",
        exhibits.picture(
            "退款记录", f"{seller.goods}{seller.sold}　合计120.00元　已全部退还购买人"
        ),
        f.EvidenceKind.DOCUMENT,
        "召回告示和退款记录",
        "当事人主动召回并退款，减轻危害后果",
        seller.place,
        11,
    )


def _propose(s: Story, seller: Seller) -> None:
    removed = (s.evidence["refunds"],) if "refunds" in s.evidence else ()
    fine, words = 5_000_000, "货值金额较小，没有造成危害后果，积极配合调查，在法定幅度内从轻处罚。"
    leniency = Leniency.NONE
    if removed:
        fine, leniency = 800_000, Leniency.MITIGATED
        words = "当事人主动召回涉案蔬菜并全部退款，减轻了违法行为危害后果，依法减轻处罚。"
    made = residue.penalty(s, seller, fine, words, removed=removed, leniency=leniency)
    s.take("investigation.end", "handler", s.complete(made))


def _discuss(s: Story) -> None:
    acts.discuss(
        s,
        (
            ("deputy1", "副局长", "事实清楚，同意。", later.Vote.AGREE),
            ("deputy2", "副局长", "裁量有据，同意。", later.Vote.AGREE),
            ("head", "局长", "同意。", later.Vote.AGREE),
        ),
        place="局机关会议室",
        conclusion="一致同意拟作出的行政处罚。",
    )


def _serve(s: Story) -> None:
    for kind in ("penalty_decision", "payment_notice"):
        s.seal_and_serve(kind)


def _publish(s: Story) -> None:
    for act in (acts.rule, acts.draft, acts.release, acts.report):
        act(s)


def _end(s: Story, fine_fen: int, gain_fen: int, receipt: str) -> None:
    paid = later.PaymentRecorded(
        fine_fen=fine_fen,
        gain_fen=gain_fen,
        paid_on=s.on,
        receipt=receipt,
        bank="示例银行雅安分行（演示）",
    )
    s.take("payment.record", "cashier", paid)
    acts.close(s, later.ClosingReason.PERFORMED, "当事人已缴清罚没款。")
    acts.archive(s)


def _plain(seller: Seller, d: Days, *, fine_fen: int, receipt: str) -> tuple[Scene, ...]:
    """A case from clue to archive with nothing out of the ordinary."""
    right = fine_fen >= 1_000_000
    gain = seller.income_fen - seller.refunded_fen

    def all_of(*made: Callable[[Story], object]) -> Callable[[Story], None]:
        def act(s: Story) -> None:
            for one in made:
                one(s)

        return act

    return (
        Scene(d.clue, "登记案源", lambda s: residue.register(s, seller)),
        Scene(d.clue, "核查并现场检查", lambda s: residue.verify(s, seller)),
        Scene(d.clue, "登记检验报告", lambda s: residue.inspection_report(s, seller)),
        Scene(d.filed, "立案审批", lambda s: residue.filing(s, seller)),
        Scene(
            d.heard,
            "询问，责令改正，登记退款记录",
            all_of(
                lambda s: residue.party_and_interview(s, seller, *TALK),
                lambda s: residue.correct(s, d.heard),
                lambda s: _refunds(s, seller),
            ),
        ),
        Scene(
            d.proposed,
            "确定适用的法律，终结调查",
            all_of(
                lambda s: residue.settle(s, seller, WHY_NOT),
                residue.recheck,
                lambda s: _propose(s, seller),
                lambda s: acts.submit(s, "提请审核。"),
            ),
        ),
        Scene(
            d.passed,
            "审核通过",
            lambda s: acts.conclude(
                s, facts.points(), Conclusion.AGREE, "事实清楚，裁量适当，程序合法，同意。"
            ),
        ),
        Scene(d.told, "事先告知", lambda s: _hearing(s, right=right)),
        Scene(d.discussed, "集体讨论", _discuss),
        Scene(
            d.decided,
            "作出处罚决定",
            lambda s: acts.decide(
                s,
                heard="当事人在规定期限内没有提出陈述、申辩意见。",
                summary="建议作出行政处罚决定。",
                words="同意，作出行政处罚决定。",
            ),
        ),
        Scene(d.served, "决定书用印送达", _serve),
        Scene(d.published, "公示，备案", _publish),
        Scene(d.closed, "缴款，结案，归档", lambda s: _end(s, fine_fen, gain, receipt)),
    )


LEEK_SCENES = _plain(
    LEEK,
    Days(
        clue=date(2026, 4, 13),
        filed=date(2026, 4, 14),
        heard=date(2026, 4, 15),
        proposed=date(2026, 4, 20),
        passed=date(2026, 4, 22),
        told=date(2026, 4, 23),
        discussed=date(2026, 5, 7),
        decided=date(2026, 5, 8),
        served=date(2026, 5, 11),
        published=date(2026, 5, 13),
        closed=date(2026, 5, 18),
    ),
    fine_fen=5_000_000,
    receipt="示例票据0000002",
)
BEAN_SCENES = _plain(
    BEAN,
    Days(
        clue=date(2026, 5, 6),
        filed=date(2026, 5, 7),
        heard=date(2026, 5, 8),
        proposed=date(2026, 5, 13),
        passed=date(2026, 5, 15),
        told=date(2026, 5, 18),
        discussed=date(2026, 5, 27),
        decided=date(2026, 5, 28),
        served=date(2026, 5, 29),
        published=date(2026, 6, 1),
        closed=date(2026, 6, 4),
    ),
    fine_fen=800_000,
    receipt="示例票据0000003",
)
