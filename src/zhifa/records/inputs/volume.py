"""The papers that hold a case file together."""

from dataclasses import dataclass
from datetime import date

from zhifa.records.inputs.parts import Document, Officer, Prose


@dataclass(frozen=True, kw_only=True)
class VolumeCover(Document):
    """卷宗封面."""

    volume: str  # 正卷、副卷
    file_no: str  # 归档号
    fonds: str  # 全宗名称（号）
    case_name: str  # 案件名称：当事人＋案由
    decision_no: str | None  # 决定书文号
    handling_unit: str  # 承办机构
    officers: tuple[Officer, ...]  # 承办人
    filed_on: date  # 立案日期
    closed_on: date  # 结案日期
    outcome: str  # 处理结果
    archived_on: date  # 归档日期
    retention: str  # 保管期限
    volumes: str  # 本案共几卷、本卷为第几卷
    papers: int  # 本卷件数
    pages: int  # 本卷页数
    secrecy: str | None  # 密级


@dataclass(frozen=True, kw_only=True)
class ContentsRow:
    """One line of the contents."""

    no: int  # 顺序号
    document_no: str  # 文件编号
    author: str  # 责任者
    title: str  # 题名
    dated: date | None  # 日期
    pages: str  # 页号，如 3-7
    note: str = ""  # 备注


@dataclass(frozen=True, kw_only=True)
class VolumeContents(Document):
    """卷内目录."""

    volume: str  # 正卷、副卷
    file_no: str  # 归档号
    rows: tuple[ContentsRow, ...]  # 目录


@dataclass(frozen=True, kw_only=True)
class VolumeNoteSheet(Document):
    """备考表: what the archivist found, and who made and checked the volume."""

    volume: str  # 正卷、副卷
    file_no: str  # 归档号
    papers: int  # 件数
    pages: int  # 页数
    state: Prose  # 本卷情况说明（缺损、修改、补充、移出、销毁）
    integrity: Prose  # 电子文件校验情况
    maker: str | None  # 立卷人
    made_on: date | None  # 立卷日期
    checker: str | None  # 检查人
    checked_on: date | None  # 检查日期
