"""Documents of supervision."""

from dataclasses import dataclass

from zhifa.records.inputs.parts import Citation, Contact, Document, Prose


@dataclass(frozen=True, kw_only=True)
class SupervisionNotice(Document):
    """行政执法监督通知书: what was found, what is demanded, until when the agency answers."""

    recipient: str  # 被监督机关
    origin: str  # 问题来源，如 系统预警
    finding: Prose  # 发现的问题
    bases: tuple[Citation, ...]  # 问题涉及的规定
    demand: Prose  # 监督要求
    supervision_bases: tuple[Citation, ...]  # 监督依据
    answer_term: str  # 答复期限，如 十个工作日
    contact: Contact  # 联系方式
