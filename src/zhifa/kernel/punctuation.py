"""Full-width punctuation for Chinese prose.

Official documents use full-width marks in Chinese text; what is typed at a desk or arrives from
another system often mixes both. Only marks that touch Chinese change: figures (1,234.50), times
(09:30), codes (GB 7718-2011), addresses on the web and Latin text stay as they are.
"""

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL = r"\u3001\u3002\u3008-\u3011\u3014\u3015\u2018\u2019\u201c\u201d\u2026"
_FULL += r"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
_CJK = _HAN + _FULL
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}

_DOCUMENT_NO = re.compile(r"[\[(（【［](\d{4})[\])）】］](?=第?\s*\d+\s*号)")
_FULL_ALNUM = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_MARK = re.compile(
    rf"(?<=[{_CJK}])[ \t]*([,;:?!])[ \t]*(?!//)|(?<=[\w%℃)])([,;:?!])[ \t]*(?=[{_HAN}])"
)
_STOP = re.compile(rf"(?<=[{_HAN}）》”〉])[ \t]*\.(?![.\w])[ \t]*")
_ELLIPSIS = re.compile(rf"(?<=[{_CJK}])(?:\.{{3,}}|。{{3,}}|…+)")
_DASH = re.compile(rf"(?<=[{_CJK}])--+|--+(?=[{_HAN}])")
_BRACKETS = re.compile(r"\(([^()\n]*)\)")
_QUOTES = re.compile(r'"([^"\n]*)"')
_GAP = re.compile(rf"(?<=[{_FULL}])[ \t]+(?=[{_CJK}])|(?<=[{_CJK}])[ \t]+(?=[{_FULL}])")
_HAS_HAN = re.compile(rf"[{_HAN}]")
_ENDS_CJK = re.compile(rf"[{_CJK}][ \t]*$")
_STARTS_CJK = re.compile(rf"^[ \t]*[{_CJK}]")


def normalise(text: str) -> str:
    """Chinese prose with full-width punctuation. Applying it again changes nothing."""
    lines = [_line(line.strip(" \t\u3000")) for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _line(line: str) -> str:
    line = _FULL_ALNUM.sub(lambda match: chr(ord(match[0]) - 0xFEE0), line)
    line = _DOCUMENT_NO.sub(r"〔\1〕", line)
    if not _HAS_HAN.search(line):
        return line
    # A mark made wide may let its neighbour become wide. Every change uses up half-width marks,
    # so this ends.
    while (changed := _widen(line)) != line:
        line = changed
    return line


def _widen(line: str) -> str:
    line = _quotes(_brackets(line))
    line = _DASH.sub("——", _ELLIPSIS.sub("……", line))
    line = _MARK.sub(lambda match: _WIDE[match[1] or match[2]], line)
    return _GAP.sub("", _STOP.sub("。", line)).strip(" \t\u3000")


def _brackets(line: str) -> str:
    def widen(match: re.Match[str]) -> str:
        before, after = line[: match.start()], line[match.end() :]
        chinese = _HAS_HAN.search(match[1]) or _ENDS_CJK.search(before) or _STARTS_CJK.match(after)
        return f"（{match[1]}）" if chinese else match[0]

    return _BRACKETS.sub(widen, line)


def _quotes(line: str) -> str:
    def curl(match: re.Match[str]) -> str:
        before, after = line[: match.start()], line[match.end() :]
        chinese = _HAS_HAN.search(match[1]) or _ENDS_CJK.search(before) or _STARTS_CJK.match(after)
        return f"“{match[1]}”" if chinese else match[0]

    return _QUOTES.sub(curl, line)
