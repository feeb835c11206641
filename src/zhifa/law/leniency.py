"""Circumstances in the party's favour (从宽情节), each with the evidence that must show it.

A circumstance is a finding: nobody is let off, or let off lightly, on a word alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.facts import Choice
from zhifa.law.sources import CF, FS


class Condition(Choice):
    """A condition on which the law spares a penalty, or makes it lighter."""

    MINOR = "minor", "违法行为轻微"
    CORRECTED = "corrected", "及时改正"
    NO_HARM = "no_harm", "没有造成危害后果"
    FIRST_TIME = "first_time", "初次违法"
    SLIGHT_HARM = "slight_harm", "危害后果轻微"
    NO_FAULT = "no_fault", "有证据足以证明没有主观过错"
    UNDER_14 = "under_14", "不满十四周岁"
    INSANE = "insane", "违法时不能辨认或者不能控制自己的行为"
    TIME_BARRED = "time_barred", "违法行为在处罚时效内未被发现"
    INSPECTED = "inspected", "履行了进货查验等义务"
    UNAWARE = "unaware", "有充分证据证明不知道食品不符合食品安全标准"
    SOURCE_NAMED = "source_named", "如实说明进货来源"
    REMOVED_HARM = "removed_harm", "主动消除或者减轻违法行为危害后果"
    COERCED = "coerced", "受他人胁迫或者诱骗实施违法行为"
    CONFESSED = "confessed", "主动供述行政机关尚未掌握的违法行为"
    MERIT = "merit", "配合行政机关查处违法行为有立功表现"
    OTHER_LAW = "other_law", "法律、法规、规章规定的其他应当从轻或者减轻的情形"
    UNDER_18 = "under_18", "已满十四周岁不满十八周岁"
    EDUCATED = "educated", "已对当事人进行教育"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shows a condition: kinds of evidence in words, any of which may do, and the article."""

    evidence: tuple[str, ...]
    cites: tuple[Cite, ...]

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation("从宽情节没有写明法律依据")

    @property
    def words(self) -> str:
        """The evidence asked for, in one line."""
        return "、".join(self.evidence)


WANTED: Mapping[Condition, Wanted] = MappingProxyType(
    {
        Condition.MINOR: Wanted(("货值或者涉案数量证明", "现场检查笔录", "检验报告"), (CF(33, 1),)),
        Condition.CORRECTED: Wanted(
            ("责令改正通知书及送达回证", "整改照片", "复查记录"), (CF(33, 1),)
        ),
        Condition.NO_HARM: Wanted(("询问笔录", "投诉举报查询记录", "召回、追回记录"), (CF(33, 1),)),
        Condition.FIRST_TIME: Wanted(("处罚记录查询结果", "信用信息查询结果"), (CF(33, 1),)),
        Condition.SLIGHT_HARM: Wanted(
            ("检验报告", "投诉举报查询记录", "召回、退款记录"), (CF(33, 1),)
        ),
        Condition.NO_FAULT: Wanted(
            ("进货查验记录", "合格证明文件", "当事人提交的其他证据"), (CF(33, 2),)
        ),
        Condition.UNDER_14: Wanted(("居民户口簿", "出生医学证明"), (CF(30),)),
        Condition.INSANE: Wanted(("鉴定意见",), (CF(31),)),
        Condition.TIME_BARRED: Wanted(("案源登记材料", "违法行为终了日期的证据"), (CF(36),)),
        Condition.INSPECTED: Wanted(
            ("供货者许可证或者身份证明复印件", "合格证明文件", "进货查验记录"),
            (FS(136), FS(53, 1), FS(65)),
        ),
        Condition.UNAWARE: Wanted(("合格证明文件", "库存检查记录", "询问笔录"), (FS(136),)),
        Condition.SOURCE_NAMED: Wanted(("进货票据", "供货者核实情况"), (FS(136),)),
        Condition.REMOVED_HARM: Wanted(
            ("召回公告", "退款、退货记录", "整改照片", "复查记录"), (CF(32, None, 1),)
        ),
        Condition.COERCED: Wanted(("询问笔录", "公安机关材料"), (CF(32, None, 2),)),
        Condition.CONFESSED: Wanted(("询问笔录",), (CF(32, None, 3),)),
        Condition.MERIT: Wanted(("有关机关出具的材料",), (CF(32, None, 4),)),
        Condition.OTHER_LAW: Wanted(("该规定所要求的证据",), (CF(32, None, 5),)),
        Condition.UNDER_18: Wanted(("居民身份证", "居民户口簿"), (CF(30),)),
        Condition.EDUCATED: Wanted(("教育谈话记录", "当事人的承诺书"), (CF(33, 3),)),
    }
)
"""Each condition's evidence list (证据清单) and article."""


def wanted(condition: Condition) -> str:
    """The evidence that shows a condition, as the help of a field says it."""
    return f"应有的证据：{WANTED[condition].words}"


MITIGATING = (
    Condition.REMOVED_HARM,
    Condition.COERCED,
    Condition.CONFESSED,
    Condition.MERIT,
    Condition.OTHER_LAW,
    Condition.UNDER_18,
)
"""The grounds of 行政处罚法 30 and 32, one of which leads below the statutory minimum."""

cite.register("rule", "leniency.evidence", (CF(32), CF(33), CF(30), CF(40), CF(46), FS(136)))
