"""Redaction (隐去): what a published notice may say of people, numbers and places; pure text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhifa.law import cite
from zhifa.law.sources import CF, SCG, SJGS, ZFGK

RULE = cite.register("rule", "redaction", (CF(48, 1), SJGS(6), ZFGK(15), SCG.whole))

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐百里东郭南门呼延西门轩辕拓跋第五"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


@dataclass(frozen=True, slots=True)
class PublicParty:
    """The party as the public reads it: its name, and the code of an organisation."""

    name: str
    kind: str
    code: str = ""


def public_name(name: str) -> str:
    """A natural person's name in public: 张某, 欧阳某, 阿某 (the first character where unsure)."""
    name = name.strip()
    if not name:
        return "某"
    surname = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]
    return surname + "某"


def public_party(name: str, kind: str, *, operator: str = "", code: str = "") -> PublicParty:
    """The party as the public reads it.

    An organisation stands with its full name and its unified code (given as ``code``). A sole
    trader (``individual_business``) stands under the trade name, the operator masked within it;
    without a trade name, under the operator's masked name. A natural person's name is masked.
    Neither of the latter two shows a code, which may hold an identity number.
    """
    if kind == "natural_person":
        return PublicParty(public_name(name), kind)
    if kind in ("individual_business", "rural_household"):
        shown = name.strip()
        if not shown or shown == operator.strip():
            shown = public_name(operator or name)
        elif operator.strip():
            shown = shown.replace(operator.strip(), public_name(operator))
        return PublicParty(shown, kind)
    return PublicParty(name.strip(), kind, code)


_DIGIT = r"[0-9０-９]"
_SPACE = r"[ \u3000\-－—]?"
_EDGE = rf"(?<!{_DIGIT})", rf"(?!{_DIGIT})"


def _run(*parts: str) -> re.Pattern[str]:
    return re.compile(_EDGE[0] + _SPACE.join(parts) + _EDGE[1])


_ID_18 = _run(*[_DIGIT] * 17, r"[0-9０-９XxＸｘ]")
_ID_15 = _run(*[_DIGIT] * 15)
_CARD = re.compile(_EDGE[0] + rf"(?:{_DIGIT}{_SPACE}){{15,18}}{_DIGIT}" + _EDGE[1])
_MOBILE = re.compile(
    rf"(?<!{_DIGIT})(?:(?:[+＋]|[0０]{{2}})[8８][6６]{_SPACE})?"
    + _SPACE.join([r"[1１]", r"[3-9３-９]", *[_DIGIT] * 9])
    + _EDGE[1]
)
_LANDLINE = re.compile(rf"(?<!{_DIGIT})[0０]{_DIGIT}{{2,3}}[\-－—]{_DIGIT}{{7,8}}{_EDGE[1]}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·•\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)


def cut_numbers(text: str, keep: Iterable[str] = ()) -> str:
    """The text without identity numbers, bank cards, phones, plates and mail addresses.

    Digits in full width and runs broken by single spaces or hyphens are found too. ``keep``
    are numbers that may stand, such as an organisation's unified code, which can consist of digits.
    """
    kept = tuple(k for k in keep if k)
    for code in kept:
        before, found, after = text.partition(code)
        if found:
            return cut_numbers(before, kept) + code + cut_numbers(after, kept)
    for pattern, word in (
        (_ID_18, "（身份证件号码略）"),
        (_CARD, "（账号略）"),
        (_ID_15, "（身份证件号码略）"),
        (_MOBILE, "（电话略）"),
        (_LANDLINE, "（电话略）"),
        (_EMAIL, "（邮箱略）"),
        (_PLATE, "（车牌号略）"),
    ):
        text = pattern.sub(word, text)
    return text


def public_address(address: str) -> str:
    """A residential address cut to its district or county: 四川省雅安市雨城区某处."""
    end = 0
    for match in re.finditer(r"(?:自治区|自治州|自治县|[省市区县旗])(?![场口内外])", address[:40]):
        before = address[end : match.start()]
        if end and re.search(r"[路街道巷村组号栋镇乡]", before):
            break
        if len(before) > 8:
            break
        end = match.end()
    return (address[:end] or "") + "（详址略）"


def redact(
    text: str,
    *,
    persons: Iterable[str] = (),
    party_person: str = "",
    addresses: Iterable[str] = (),
    remove: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> str:
    """A narrative as the public may read it.

    ``persons`` are names masked wherever they stand (longest first, so that one name within
    another is safe); ``party_person`` is the party's own name or the operator's; ``addresses``
    are cut to the district; ``remove`` are strings taken out whole (an informer, a child);
    ``keep`` are numbers that may stand (see ``cut_numbers``).
    The result is new text for a human to read and release, never a promise that nothing is left:
    see ``leftovers``.
    """
    for word in sorted({w.strip() for w in remove if w.strip()}, key=len, reverse=True):
        text = text.replace(word, "（略）")
    for address in sorted({a.strip() for a in addresses if a.strip()}, key=len, reverse=True):
        text = text.replace(address, public_address(address))
    names = {n.strip() for n in (*persons, party_person) if len(n.strip()) > 1}
    for name in sorted(names, key=len, reverse=True):
        spaced = re.compile(r"[ \u3000·]?".join(map(re.escape, name)))
        text = spaced.sub(public_name(name), text)
    return cut_numbers(text, tuple(keep))


def leftovers(
    text: str,
    *,
    persons: Iterable[str] = (),
    secrets: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> tuple[str, ...]:
    """What still stands in a text that is about to be published and must not.

    Names, given secrets, and anything that ``cut_numbers`` would cut. Empty is the condition for
    release; the words are for the releaser, not for the public.
    """
    found = [w for w in (*persons, *secrets) if len(w.strip()) > 1 and w.strip() in text]
    for code in (k for k in keep if k):
        text = text.replace(code, "，")
    for pattern in (_ID_18, _CARD, _ID_15, _MOBILE, _LANDLINE, _EMAIL, _PLATE):
        found += [m.group() for m in pattern.finditer(text)]
    return tuple(dict.fromkeys(found))
