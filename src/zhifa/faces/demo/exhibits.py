"""The exhibits of the demonstration, drawn here: pictures that are plainly made up."""

from __future__ import annotations

from functools import cache

import typst

_SHEET = """
#set page(width: 160mm, height: 100mm, margin: 8mm, fill: rgb("{ground}"))
#set text(font: ("Noto Sans CJK SC", "FandolHei"), size: 11pt)
#align(center, text(size: 9pt, fill: rgb("#8a8a86"))[演示用示意图，非真实照片])
#v(4mm)
#align(center, text(size: 19pt, weight: "bold")[{title}])
#v(3mm)
{lines}
"""


@cache
def picture(title: str, *lines: str, ground: str = "#f4f1e8") -> bytes:
    """A picture (PNG) of a label or a receipt."""
    body = "\n\n".join(f"#align(center)[{line}]" for line in lines)
    source = _SHEET.format(title=title, lines=body, ground=ground)
    made = typst.compile(source.encode(), format="png", ppi=96)
    if isinstance(made, list):
        return bytes(made[0])
    assert isinstance(made, bytes)
    return made


def label_photo() -> bytes:
    """The label of the packs found on the shelf."""
    return picture(
        "示例牌原味饼干",
        "净含量：100克　保质期：6个月",
        "生产日期：2025年8月20日",
        "货架第三层，共十二袋，标价9.90元／袋",
    )


def sales_slip() -> bytes:
    """The slip of the packs sold after the date."""
    return picture(
        "销售小票",
        "2026年2月24日　示例牌原味饼干　2袋　19.80元",
        "2026年2月27日　示例牌原味饼干　1袋　9.90元",
        "合计：3袋　29.70元",
        ground="#fbfbf9",
    )


def purchase_note() -> bytes:
    """The delivery note of the goods."""
    return picture(
        "送货单",
        "2025年9月12日　示例牌原味饼干　60袋　单价7.20元",
        "供货人：雅安市示例食品批发部（演示）",
        "收货人：林样例",
        ground="#fbfbf9",
    )


def waiver() -> bytes:
    """The party's written waiver of the hearing."""
    return picture(
        "放弃听证声明",
        "本人已收到行政处罚事先告知书，清楚享有要求听证的权利，",
        "现自愿放弃要求听证，保留陈述、申辩的权利。",
        "声明人：林样例　2026年3月31日",
        ground="#fbfbf9",
    )


def sales_ledger() -> bytes:
    """What the till recorded: nothing of the batch was sold after its date."""
    return picture(
        "收银系统销售记录（导出）",
        "查询条件：示例牌原味饼干，2026年2月21日至3月3日",
        "生产日期2025年8月20日的批次：销售0袋",
        "生产日期2025年12月5日的批次：销售3袋，29.70元",
        ground="#fbfbf9",
    )


def queries() -> bytes:
    """What the registers and the recheck say in the party's favour."""
    return picture(
        "查询和复查结果",
        "处罚记录查询：两年内没有行政处罚记录",
        "投诉举报查询：没有与涉案食品有关的投诉举报",
        "整改复查：已下架封存，建立每周检查库存的记录",
        "教育谈话：当事人已经签字",
        ground="#fbfbf9",
    )
