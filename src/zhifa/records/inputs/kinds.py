"""The register of documents: code, Chinese title, typed input, and how each is treated."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from zhifa.records.inputs import (
    decision,
    execution,
    filing,
    investigation,
    notice,
    review,
    volume,
)
from zhifa.records.inputs.parts import Document

Volume = Literal["main", "internal"]


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    ``outward`` documents go to the party under the agency's seal. ``serial_word`` is the 文种字 in
    the number, e.g. 罚 in 雨市监罚〔2026〕12号; a kind without one is not numbered. ``volume`` says
    where it is bound: the internal volume is not open to the party.
    """

    code: str
    title: str
    input: type[Document]
    outward: bool = False
    serial_word: str | None = None
    volume: Volume = "main"
    page_signature: bool = False

    @property
    def template(self) -> str:
        """The Typst file that sets it."""
        return f"{self.code}.typ"


_ALL = (
    DocumentKind("clue_registration", "案件来源登记表", filing.ClueRegistration, volume="internal"),
    DocumentKind("filing_approval", "立案审批表", filing.FilingApproval, serial_word="立"),
    DocumentKind("site_record", "现场检查笔录", investigation.SiteRecord, page_signature=True),
    DocumentKind(
        "interview_record", "询问笔录", investigation.InterviewRecord, page_signature=True
    ),
    DocumentKind(
        "address_confirmation", "当事人身份与送达地址确认书", investigation.AddressConfirmation
    ),
    DocumentKind("evidence_list", "证据清单", investigation.EvidenceList),
    DocumentKind(
        "preservation_notice",
        "先行登记保存证据通知书",
        investigation.PreservationNotice,
        outward=True,
        serial_word="登保",
    ),
    DocumentKind(
        "preservation_disposal",
        "先行登记保存证据处理决定书",
        investigation.PreservationDisposal,
        outward=True,
        serial_word="登处",
    ),
    DocumentKind(
        "correction_order",
        "责令改正通知书",
        investigation.CorrectionOrder,
        outward=True,
        serial_word="责改",
    ),
    DocumentKind(
        "investigation_report",
        "案件调查终结报告",
        investigation.InvestigationReport,
        volume="internal",
    ),
    DocumentKind("review_submission", "法制审核送审表", review.ReviewSubmission, volume="internal"),
    DocumentKind(
        "review_opinion",
        "法制审核意见书",
        review.ReviewOpinion,
        serial_word="审",
        volume="internal",
    ),
    DocumentKind(
        "prior_notice",
        "行政处罚事先告知书",
        notice.PriorNotice,
        outward=True,
        serial_word="告",
    ),
    DocumentKind("defence_record", "陈述申辩笔录", notice.DefenceRecord, page_signature=True),
    DocumentKind("defence_review", "陈述申辩复核意见书", notice.DefenceReview, volume="internal"),
    DocumentKind(
        "hearing_notice",
        "行政处罚听证通知书",
        notice.HearingNotice,
        outward=True,
        serial_word="听通",
    ),
    DocumentKind("hearing_record", "听证笔录", notice.HearingRecord, page_signature=True),
    DocumentKind(
        "collective_discussion",
        "集体讨论笔录",
        decision.CollectiveDiscussion,
        volume="internal",
        page_signature=True,
    ),
    DocumentKind(
        "decision_approval", "行政处罚决定审批表", decision.DecisionApproval, volume="internal"
    ),
    DocumentKind(
        "penalty_decision",
        "行政处罚决定书",
        decision.PenaltyDecision,
        outward=True,
        serial_word="罚",
    ),
    DocumentKind(
        "no_penalty_decision",
        "不予行政处罚决定书",
        decision.NoPenaltyDecision,
        outward=True,
        serial_word="不罚",
    ),
    DocumentKind("service_proof", "送达回证", execution.ServiceProof),
    DocumentKind(
        "payment_notice",
        "罚款缴款通知书",
        execution.PaymentNotice,
        outward=True,
        serial_word="缴",
    ),
    DocumentKind("closing_approval", "结案审批表", execution.ClosingApproval, volume="internal"),
    DocumentKind("volume_cover", "行政处罚案卷", volume.VolumeCover),
    DocumentKind("volume_contents", "卷内目录", volume.VolumeContents),
    DocumentKind("volume_note_sheet", "卷内备考表", volume.VolumeNoteSheet),
)

KINDS: Mapping[str, DocumentKind] = MappingProxyType({kind.code: kind for kind in _ALL})


def kind_of(document: Document) -> DocumentKind:
    """The kind whose input this is. Raises KeyError for an input that no kind declares."""
    for kind in _ALL:
        if type(document) is kind.input:
            return kind
    raise KeyError(type(document).__name__)
