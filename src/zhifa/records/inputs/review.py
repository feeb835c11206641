"""Documents of legal review."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Document,
    Officer,
    PartyBlock,
    PenaltyItem,
    Person,
    Prose,
)


@dataclass(frozen=True, kw_only=True)
class SubmittedPaper:
    """One line of the submission checklist."""

    name: str  # 材料名称
    copies: str  # 份数、页数
    present: bool  # 是否齐备
    note: str = ""  # 说明


@dataclass(frozen=True, kw_only=True)
class ReviewSubmission(Document):
    """法制审核送审表: what is sent to review, why it is due, and with which papers."""

    party: PartyBlock  # 当事人
    handling_unit: str  # 送审机构
    officers: tuple[Officer, ...]  # 承办人
    round_no: int  # 第几次送审
    triggers: tuple[Prose, ...]  # 送审事由（目录条目）
    bases: tuple[Citation, ...]  # 送审依据
    facts: Prose  # 主要事实
    violated: tuple[Citation, ...]  # 违反的规定
    penalty_bases: tuple[Citation, ...]  # 处罚依据
    discretion: Prose  # 裁量基准适用情况
    proposal: tuple[PenaltyItem, ...]  # 拟作出的决定
    proposal_digest: str  # 拟决定内容摘要值
    papers: tuple[SubmittedPaper, ...]  # 送审材料
    changes: Prose | None  # 与上次送审的差异（再次送审时）
    approvals: tuple[Approval, ...]  # 意见
    received_by: str | None  # 法制审核机构签收人
    received_on: date | None  # 签收日期
    due_on: date | None  # 审核期限届满日


@dataclass(frozen=True, kw_only=True)
class ReviewPoint:
    """One of the eight points."""

    point: str  # 审核事项
    result: Literal["符合", "存在问题", "不涉及"]  # 审核结果
    opinion: Prose = ""  # 问题和意见（指明条款、证据页）


@dataclass(frozen=True, kw_only=True)
class ReviewOpinion(Document):
    """法制审核意见书: the reviewer's answer point by point, and the conclusion."""

    party: PartyBlock  # 当事人
    handling_unit: str  # 送审机构
    submitted_on: date  # 送审日期
    round_no: int  # 第几次审核
    proposal: tuple[PenaltyItem, ...]  # 送审的拟决定
    proposal_digest: str  # 拟决定内容摘要值
    bases: tuple[Citation, ...]  # 审核依据
    points: tuple[ReviewPoint, ...]  # 逐项审核意见
    conclusion: str  # 结论，如 同意、存在问题退回补正
    advice: Prose  # 具体意见和建议
    reviewer: Person  # 审核人
    qualification: str  # 审核人资格（法律职业资格证书编号或首次从事审核时间）
    approvals: tuple[Approval, ...]  # 审核机构意见
