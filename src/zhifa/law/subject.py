"""The first questions of food law: which law governs this subject, and is a seller exempt?"""

from dataclasses import dataclass
from datetime import date

from zhifa.law import cite
from zhifa.law.cite import Cite, Grade, version_on
from zhifa.law.facts import Choice
from zhifa.law.sources import CF, FS, NC, SCXZ

SUBJECT = cite.register("rule", "food.subject", (FS(2), FS(36, 3), FS(127), NC(2, 1), SCXZ.whole))
EXEMPTION = cite.register("rule", "food.exemption", (FS(136), FS(53, 1)))


FOOD_LAWS = frozenset({"FS", "NC", "SCXZ"})
"""The laws whose penalties ask what kind of food business the party is."""


class FoodSubject(Choice):
    """What the party is, for the question which law governs it."""

    LICENSED = "licensed", "取得食品生产经营许可或者备案的食品生产经营者"
    UNLICENSED = "unlicensed", "未取得许可的食品生产经营者（非小作坊、小经营店、摊贩）"
    SMALL_WORKSHOP = "small_workshop", "食品小作坊"
    SMALL_SHOP = "small_shop", "小经营店"
    STALL = "stall", "食品摊贩"
    FARMER = "farmer", "销售自产农产品的农户"
    PRODUCE_SELLER = "produce_seller", "食用农产品销售者（购进后在市场销售）"
    NOT_FOOD = "not_food", "不涉及食品的当事人"


@dataclass(frozen=True, slots=True)
class Governing:
    """The law that governs the subject, on which articles, and why (Chinese).

    ``food_law_penalties``: whether the penalties of the food law itself apply. ``unconfirmed``:
    the governing law's text is not held, so that its amounts must not be taken for granted.
    """

    law: str
    food_law_penalties: bool
    cites: tuple[Cite, ...]
    why: str
    unconfirmed: bool


def governing(subject: FoodSubject, on: date) -> Governing:
    """Which law governs a subject's violation in food on the day (食品安全法 36, 127).

    Small workshops, small shops and stalls follow the provincial regulation; whether a small shop
    is one is settled by its registration there. A farmer selling own produce follows the law on
    farm produce; who buys produce and sells it on a market, the food law (食品安全法 2 II).
    ``VersionNotHeld`` when the day's law is not held, ``ValueError`` where no food is concerned.
    """
    match subject:
        case FoodSubject.SMALL_WORKSHOP | FoodSubject.SMALL_SHOP | FoodSubject.STALL:
            unsure = version_on("SCXZ", on).grade is Grade.UNCONFIRMED
            named = "、小经营店" if subject is FoodSubject.SMALL_SHOP else ""
            return Governing(
                "SCXZ",
                False,
                (FS(36, 3), FS(127), SCXZ.whole),
                f"食品小作坊、食品摊贩等{named}的违法行为，依照省制定的具体管理办法处罚",
                unsure,
            )
        case FoodSubject.FARMER:
            version_on("NC", on)
            why = "销售自产农产品适用农产品质量安全法；市场销售环节食品安全法另有规定的除外"
            return Governing("NC", False, (NC(2, 1), FS(2, 2)), why, False)
        case FoodSubject.PRODUCE_SELLER:
            version_on("FS", on)
            why = (
                "食用农产品的市场销售应当遵守食品安全法；当事人购进后销售，不是销售自产农产品的农户，"
                "也不是现场制售的食品小作坊、食品摊贩"
            )
            return Governing("FS", True, (FS(2, 2), FS(65), NC(2, 1)), why, False)
        case FoodSubject.NOT_FOOD:
            raise ValueError("不涉及食品的案件，适用的法律由执法事项得出")
    version_on("FS", on)
    why = "食品生产经营者适用食品安全法"
    if subject is FoodSubject.UNLICENSED:
        return Governing("FS", True, (FS(2, 1), FS(122, 1)), why + "，并查明有无许可", False)
    return Governing("FS", True, (FS(2, 1),), why, False)


class Answer(Choice):
    """How a condition of the exemption was answered."""

    YES = "yes", "是"
    NO = "no", "否"
    UNKNOWN = "unknown", "尚未查明"
    NOT_APPLICABLE = "not_applicable", "不涉及"


@dataclass(frozen=True, slots=True)
class Ground:
    """One condition of an exemption and the evidence that must show it."""

    code: str
    question: str
    evidence: tuple[str, ...]
    cites: tuple[Cite, ...]


SELLER_GROUNDS = (
    Ground(
        "inspected",
        "是否履行了进货查验等义务",
        ("供货者许可证复印件", "出厂检验合格证或者其他合格证明", "进货查验记录"),
        (FS(136), FS(53, 1), FS(65)),
    ),
    Ground(
        "unaware",
        "是否有充分证据证明不知道所采购的食品不符合食品安全标准",
        ("进货时间与保质期比对", "库存检查记录", "询问笔录"),
        (FS(136),),
    ),
    Ground(
        "source_named",
        "是否能如实说明进货来源",
        ("进货票据", "供货者核实情况"),
        (FS(136),),
    ),
)
"""The three conditions of 食品安全法 136, all of which must be met."""


@dataclass(frozen=True, slots=True)
class ExemptionAnswer:
    """Whether the diligent seller may be spared the penalty.

    ``may_exempt``: all conditions are met (the agency *may* spare the penalty); ``confiscate``:
    the substandard food is confiscated even so. ``open`` names what is not yet found.
    """

    may_exempt: bool
    confiscate: bool
    open: tuple[str, ...]
    failed: tuple[str, ...]
    why: str
    evidence_required: tuple[tuple[str, tuple[str, ...]], ...]
    cites: tuple[Cite, ...] = EXEMPTION


def seller_exemption(
    inspected: Answer, unaware: Answer, source_named: Answer, *, sells_only: bool = True
) -> ExemptionAnswer:
    """Answer 食品安全法 136 before 行政处罚法 32 and 33 are looked at.

    ``sells_only``: the party is a seller (食品经营者); a producer cannot rely on the article.
    Food that passed its date on the seller's own shelf is known to its seller unless shown
    otherwise: ``unaware`` is a finding with evidence, never a default.
    """
    evidence = tuple((g.question, g.evidence) for g in SELLER_GROUNDS)
    if not sells_only:
        return ExemptionAnswer(
            False, False, (), ("subject",), "当事人不是食品经营者，不适用免予处罚", evidence
        )
    answers = dict(
        zip((g.code for g in SELLER_GROUNDS), (inspected, unaware, source_named), strict=True)
    )
    failed = tuple(code for code, a in answers.items() if a in (Answer.NO, Answer.NOT_APPLICABLE))
    left = tuple(code for code, a in answers.items() if a is Answer.UNKNOWN)
    if failed:
        words = [g.question for g in SELLER_GROUNDS if g.code in failed]
        why = f"不符合免予处罚条件：{'；'.join(words)}，查明为否"
        return ExemptionAnswer(False, False, left, failed, why, evidence)
    if left:
        words = [g.question for g in SELLER_GROUNDS if g.code in left]
        why = f"尚不能判断是否可以免予处罚，待查明：{'；'.join(words)}"
        return ExemptionAnswer(False, False, left, (), why, evidence)
    why = "符合免予处罚条件，可以免予处罚，但应当没收不符合食品安全标准的食品"
    return ExemptionAnswer(True, True, (), (), why, evidence)


ORDER_OF_QUESTIONS = cite.register(
    "rule", "food.order-of-questions", (FS(127), FS(136), CF(33), CF(32))
)
"""Which law governs, then the seller's exemption, then no penalty, then lighter or mitigated."""
