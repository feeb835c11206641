"""The register of documents: code, typed input, template, and how each is numbered and signed.

Which documents leave the house and which the party may not see is said once, by the law room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from zhifa.law.documents import DocumentRule, rule
from zhifa.records.inputs import (
    decision,
    execution,
    filing,
    investigation,
    notice,
    review,
    righting,
    supervision,
    volume,
)
from zhifa.records.inputs.parts import Document

Volume = Literal["main", "internal"]


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    ``serial_word`` is the 文种字 in the number, e.g. 罚 in 雨市监罚〔2026〕12号; a kind without one
    is not numbered. ``heading`` is printed where it differs from the title used in lists.
    """

    code: str
    input: type[Document]
    serial_word: str | None = None
    page_signature: bool = False
    heading: str = ""

    @property
    def law(self) -> DocumentRule:
        """What the law asks of it."""
        return rule(self.code)

    @property
    def title(self) -> str:
        """Its name in lists."""
        return self.law.title

    @property
    def printed_title(self) -> str:
        """Its name at the head of the page."""
        return self.heading or self.title

    @property
    def outward(self) -> bool:
        """Whether it goes to the party under the agency's seal."""
        return self.law.outward

    @property
    def volume(self) -> Volume:
        """Where it is bound: the internal volume is not open to the party."""
        return "internal" if self.law.internal else "main"

    @property
    def template(self) -> str:
        """The Typst file that sets it."""
        return f"{self.code}.typ"


_ALL = (
    DocumentKind("clue_registration", filing.ClueRegistration, "源"),
    DocumentKind("filing_approval", filing.FilingApproval, "案"),
    DocumentKind("site_record", investigation.SiteRecord, page_signature=True),
    DocumentKind("interview_record", investigation.InterviewRecord, page_signature=True),
    DocumentKind("address_confirmation", investigation.AddressConfirmation),
    DocumentKind("evidence_list", investigation.EvidenceList),
    DocumentKind("preservation_notice", investigation.PreservationNotice, "登保"),
    DocumentKind("preservation_disposal", investigation.PreservationDisposal, "登处"),
    DocumentKind("correction_order", investigation.CorrectionOrder, "责改"),
    DocumentKind("investigation_report", investigation.InvestigationReport),
    DocumentKind("review_submission", review.ReviewSubmission),
    DocumentKind("review_opinion", review.ReviewOpinion, "审"),
    DocumentKind("prior_notice", notice.PriorNotice, "告"),
    DocumentKind("defence_record", notice.DefenceRecord, page_signature=True),
    DocumentKind("defence_review", notice.DefenceReview),
    DocumentKind("hearing_notice", notice.HearingNotice, "听通", heading="行政处罚听证通知书"),
    DocumentKind("hearing_record", notice.HearingRecord, page_signature=True),
    DocumentKind("collective_discussion", decision.CollectiveDiscussion, page_signature=True),
    DocumentKind("decision_approval", decision.DecisionApproval),
    DocumentKind("penalty_decision", decision.PenaltyDecision, "罚"),
    DocumentKind("no_penalty_decision", decision.NoPenaltyDecision, "不罚"),
    DocumentKind("service_proof", execution.ServiceProof),
    DocumentKind("payment_notice", execution.PaymentNotice, "缴"),
    DocumentKind("rectification_decision", righting.RectificationDecision, "更"),
    DocumentKind("revocation_decision", righting.RevocationDecision, "撤"),
    DocumentKind("change_decision", righting.ChangeDecision, "变"),
    DocumentKind("refund_notice", righting.RefundNotice, "退"),
    DocumentKind("closing_approval", execution.ClosingApproval),
    DocumentKind("supervision_notice", supervision.SupervisionNotice, "监督"),
    DocumentKind("volume_cover", volume.VolumeCover, heading="行政处罚案卷"),
    DocumentKind("volume_contents", volume.VolumeContents),
    DocumentKind("volume_note_sheet", volume.VolumeNoteSheet),
)

KINDS: Mapping[str, DocumentKind] = MappingProxyType({kind.code: kind for kind in _ALL})
_BY_INPUT = {kind.input: kind for kind in _ALL}


def kind_of(document: Document) -> DocumentKind:
    """The kind whose input this is. Raises KeyError for an input that no kind declares."""
    return _BY_INPUT[type(document)]
