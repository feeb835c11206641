"""The document kinds that procedures owe: which leave the house, which must be served, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.sources import CF, FY, GP, JD, SJ
from zhifa.law.standing import ObligationKind


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """What the law asks of a document once it is issued."""

    kind: str
    title: str
    outward: bool = False
    """Addressed to a party: sealed by the seal's keeper, then served."""
    service_term: str = ""
    """The term within which it must be served; empty where no statute sets one."""
    internal: bool = False
    """Belongs to the internal volume (副卷), which the party does not see."""
    cites: tuple[Cite, ...] = ()

    def __post_init__(self) -> None:
        if not self.cites:
            raise TypeError(f"document {self.kind} cites nothing")
        cite.register("document", self.kind, self.cites)


_ALL = (
    DocumentRule("clue_registration", "案件来源登记表", internal=True, cites=(CF(54),)),
    DocumentRule("filing_approval", "立案审批表", cites=(CF(54, 2),)),
    DocumentRule("site_record", "现场检查笔录", cites=(CF(55),)),
    DocumentRule("interview_record", "询问笔录", cites=(CF(55),)),
    DocumentRule("address_confirmation", "当事人身份与送达地址确认书", cites=(CF(61),)),
    DocumentRule("preservation_notice", "先行登记保存证据通知书", outward=True, cites=(CF(56),)),
    DocumentRule(
        "preservation_disposal", "先行登记保存证据处理决定书", outward=True, cites=(CF(56),)
    ),
    DocumentRule("evidence_list", "证据清单", cites=(CF(46),)),
    DocumentRule("investigation_report", "案件调查终结报告", internal=True, cites=(CF(57),)),
    DocumentRule("review_submission", "法制审核送审表", internal=True, cites=(CF(58),)),
    DocumentRule("review_opinion", "法制审核意见书", internal=True, cites=(CF(58),)),
    DocumentRule("prior_notice", "行政处罚事先告知书", outward=True, cites=(CF(44),)),
    DocumentRule("defence_record", "陈述申辩笔录", cites=(CF(45),)),
    DocumentRule("defence_review", "陈述申辩复核意见书", internal=True, cites=(CF(45),)),
    DocumentRule("hearing_notice", "听证通知书", outward=True, cites=(CF(64, 1, 2),)),
    DocumentRule("hearing_record", "听证笔录", cites=(CF(64, 1, 8),)),
    DocumentRule("collective_discussion", "集体讨论笔录", internal=True, cites=(CF(57, 2),)),
    DocumentRule("decision_approval", "行政处罚决定审批表", internal=True, cites=(CF(57),)),
    DocumentRule(
        "penalty_decision",
        "行政处罚决定书",
        outward=True,
        service_term="service",
        cites=(CF(59), CF(61)),
    ),
    DocumentRule(
        "no_penalty_decision",
        "不予行政处罚决定书",
        outward=True,
        service_term="service",
        cites=(CF(57), CF(61)),
    ),
    DocumentRule("correction_order", "责令改正通知书", outward=True, cites=(CF(28),)),
    DocumentRule("service_proof", "送达回证", cites=(CF(61),)),
    DocumentRule("payment_notice", "罚款缴款通知书", outward=True, cites=(CF(67),)),
    DocumentRule(
        "rectification_decision",
        "行政处罚决定更正书",
        outward=True,
        service_term="service",
        cites=(CF(75, 2), CF(61)),
    ),
    DocumentRule(
        "revocation_decision",
        "撤销行政处罚决定书",
        outward=True,
        service_term="service",
        cites=(CF(75, 2), CF(61)),
    ),
    DocumentRule(
        "change_decision",
        "变更行政处罚决定书",
        outward=True,
        service_term="service",
        cites=(CF(75, 2), CF(61)),
    ),
    DocumentRule(
        "refund_notice", "退还罚没款通知书", outward=True, cites=(FY(72, 2), GP(36, item=1))
    ),
    DocumentRule("closing_approval", "结案审批表", internal=True, cites=(SJ(77),)),
    DocumentRule("supervision_notice", "行政执法监督通知书", outward=True, cites=(JD.whole,)),
    DocumentRule("volume_cover", "卷宗封面", cites=(CF(47),)),
    DocumentRule("volume_contents", "卷内目录", cites=(CF(47),)),
    DocumentRule("volume_note_sheet", "卷内备考表", cites=(CF(47),)),
)

RULES: Mapping[str, DocumentRule] = {rule.kind: rule for rule in _ALL}


def rule(kind: str) -> DocumentRule:
    """The rule of a document kind. Raises `KeyError` for a kind that no procedure knows."""
    return RULES[kind]


UNSEALED = ObligationKind("document.unsealed", "文书尚未用印", (CF(59, 2),), "document.seal")
UNSERVED = ObligationKind("document.unserved", "文书尚未送达", (CF(61),), "document.serve")
