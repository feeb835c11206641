"""Chinese numerals: articles in words, amounts in the capitals that a document must carry."""

DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def chinese_number(n: int) -> str:
    """Write 0-9999 as the statutes number their articles: 14 → 十四, 105 → 一百零五.

    Raises ``ValueError`` outside that range: no statute has ten thousand articles.
    """
    if not 0 <= n <= 9999:
        raise ValueError(f"条文序号超出范围：{n}")
    if n == 0:
        return "零"
    text, pending_zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, power)
        if digit:
            text += ("零" if pending_zero else "") + DIGITS[digit] + word
            pending_zero = False
        elif text:
            pending_zero = True
    return text[1:] if text.startswith("一十") else text
