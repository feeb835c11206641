"""Identity numbers of persons and organisations: checked, taken apart, masked.

USCC is GB 32100, the organisation code inside it GB/T 11714, the resident identity number GB 11643.
An unknown region is a warning and never a refusal: regions are renamed and merged, numbers stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

USC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USC_DEPARTMENTS: Final = {
    "1": "机构编制", "2": "外交", "3": "司法行政", "4": "文化", "5": "民政", "6": "旅游",
    "7": "宗教", "8": "工会", "9": "市场监管", "A": "中央军委", "N": "农业农村", "Y": "其他",
}  # fmt: skip
_ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_PROVINCES: Final = frozenset(
    str(n)
    for n in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
              *range(61, 66), 71, 81, 82, 83)
)  # fmt: skip
_EARLIEST: Final = date(1850, 1, 1)


class BadIdentifier(ValueError):
    """A number that cannot be what it claims to be; the message is a Chinese sentence."""


class CardKind(StrEnum):
    """Which card a resident identity number belongs to."""

    RESIDENT = "resident"
    RESIDENT_15 = "resident_15"
    HONG_KONG = "hong_kong"
    MACAO = "macao"
    TAIWAN = "taiwan"
    FOREIGN_PERMANENT = "foreign_permanent"

    @property
    def label(self) -> str:
        """What the card is called."""
        return _CARD_LABELS[self]


_CARD_LABELS = {
    CardKind.RESIDENT: "居民身份证",
    CardKind.RESIDENT_15: "第一代居民身份证",
    CardKind.HONG_KONG: "港澳台居民居住证（香港）",
    CardKind.MACAO: "港澳台居民居住证（澳门）",
    CardKind.TAIWAN: "港澳台居民居住证（台湾）",
    CardKind.FOREIGN_PERMANENT: "外国人永久居留身份证",
}
_BY_PROVINCE = {
    "81": CardKind.HONG_KONG,
    "82": CardKind.MACAO,
    "83": CardKind.TAIWAN,
}


@dataclass(frozen=True, slots=True)
class UscCode:
    """A unified social credit code (统一社会信用代码)."""

    text: str
    department: str
    region_code: str
    organisation_code: str
    placeholder: bool = False
    """Seventeen zeros: written where a code has not been given yet; it identifies nobody."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A resident identity number with what it says of its holder."""

    text: str
    kind: CardKind
    region_code: str
    born_on: date
    male: bool
    warnings: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """Full-width letters and digits made plain, blanks and hyphens taken out, capitals."""
    plain = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return re.sub(r"[\s\u3000\u200b\ufeff-]", "", plain).upper()


# --- unified social credit code ------------------------------------------------------------------


def usc_check_character(first_17: str) -> str:
    """The eighteenth character of a unified social credit code (mod 31, weights 3^i)."""
    total = sum(USC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first_17))
    return USC_ALPHABET[-total % 31]


def organisation_check_character(first_8: str) -> str:
    """The ninth character of an organisation code (GB/T 11714, mod 11)."""
    total = sum(_ORG_ALPHABET.index(c) * w for c, w in zip(first_8, _ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def usc_code(text: str) -> UscCode:
    """Read a unified social credit code. Raises :class:`BadIdentifier` with the reason."""
    code = squeeze(text)
    if len(code) != 18:
        raise BadIdentifier(f"统一社会信用代码应当是18位，现在是{len(code)}位。")
    wrong = next((c for c in code if c not in USC_ALPHABET), None)
    if wrong is not None:
        hint = "（不使用字母I、O、Z、S、V）" if wrong in "IOZSV" else ""
        raise BadIdentifier(f"统一社会信用代码中不能有「{wrong}」{hint}。")
    if not code[2:8].isdecimal():
        raise BadIdentifier("统一社会信用代码的第3至8位是行政区划，应当是数字。")
    if code.startswith("0" * 17):
        if code != "0" * 18:
            raise BadIdentifier("统一社会信用代码的校验码不正确，请核对。")
        return UscCode(code, "", "", "", placeholder=True, warnings=("占位代码，不识别任何主体",))
    if code[0] not in USC_DEPARTMENTS:
        raise BadIdentifier(f"统一社会信用代码的第1位「{code[0]}」不是登记管理部门的代码。")
    if usc_check_character(code[:17]) != code[17]:
        raise BadIdentifier("统一社会信用代码的校验码不正确，请逐位核对。")
    inner = code[8:17]
    if not _organisation_fits(inner):
        raise BadIdentifier("统一社会信用代码中的组织机构代码（第9至17位）校验码不正确，请核对。")
    warnings = () if code[2:4] in _PROVINCES or code[2:4] == "10" else ("行政区划不常见，请核对",)
    return UscCode(code, USC_DEPARTMENTS[code[0]], code[2:8], inner, warnings=warnings)


def _organisation_fits(inner: str) -> bool:
    return organisation_check_character(inner[:8]) == inner[8]


# --- resident identity number --------------------------------------------------------------------


def resident_check_character(first_17: str) -> str:
    """The eighteenth character of a resident identity number (GB 11643, mod 11-2)."""
    total = sum(int(d) * w for d, w in zip(first_17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def resident_id(text: str, *, on: date) -> ResidentId:
    """Read a resident identity number as of a day. Raises :class:`BadIdentifier` with the reason.

    Takes 18 digits (residents, 81/82/83 residence permits, 9… foreign permanent residents) and the
    15 digits of first-generation cards, which ceased to be valid on 2013-01-01 and carry a warning.
    """
    number = squeeze(text)
    if len(number) == 15 and number.isdecimal():
        number_18 = f"{number[:6]}19{number[6:]}"
        kind = CardKind.RESIDENT_15
        warnings: tuple[str, ...] = ("第一代居民身份证已于2013年1月1日停止使用",)
    elif len(number) == 18:
        if not number[:17].isdecimal() or number[17] not in "0123456789X":
            raise BadIdentifier("身份证号码的前17位应当是数字，末位是数字或者X。")
        if resident_check_character(number[:17]) != number[17]:
            raise BadIdentifier("身份证号码的校验码不正确，请逐位核对。")
        number_18, warnings = number, ()
        kind = _BY_PROVINCE.get(number[:2], CardKind.RESIDENT)
        if number[0] == "9":
            kind = CardKind.FOREIGN_PERMANENT
    else:
        raise BadIdentifier(f"身份证号码应当是18位，现在是{len(number)}位。")
    born = _born(number_18[6:14], on)
    if kind in (CardKind.RESIDENT, CardKind.RESIDENT_15) and number[:2] not in _PROVINCES:
        warnings = (*warnings, "行政区划不常见，请核对")
    return ResidentId(
        number, kind, number[:6], born, male=int(number_18[16]) % 2 == 1, warnings=warnings
    )


def _born(digits: str, on: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadIdentifier("身份证号码中的出生日期不存在，请核对。") from None
    if born > on:
        raise BadIdentifier("身份证号码中的出生日期晚于今天，请核对。")
    if born < _EARLIEST or on.year - born.year > 150:
        raise BadIdentifier("身份证号码中的出生日期过早，请核对。")
    return born


def age_on(born: date, day: date) -> int:
    """Full years of age (周岁): reached on the day after the birthday (刑事、行政案件通例)."""
    reached = (day.month, day.day) > (born.month, born.day)
    return day.year - born.year - (0 if reached else 1)


# --- telephone and other papers ------------------------------------------------------------------

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}|1[0-2]\d{3}|9[5-6]\d{3,6}")
_PAPERS = {
    "passport": ("护照", re.compile(r"[A-Z0-9]{5,17}")),
    "mainland_permit": ("来往内地（大陆）通行证", re.compile(r"[HM]\d{8,10}|\d{8}(?:\d{2})?")),
    "foreign_permanent_old": ("外国人永久居留证（旧版）", re.compile(r"[A-Z]{3}\d{12}")),
    "officer_card": ("军官证", re.compile(r"[\u4e00-\u9fff]字第?\d{6,8}号?")),
}


def phone(text: str) -> str:
    """A telephone number without blanks and country code. Raises :class:`BadIdentifier`."""
    number = re.sub(r"^(?:\+?86|0086)(?=1\d{10}$|0\d{9,11}$)", "", squeeze(text))
    number = number.replace("(", "").replace(")", "")
    if any(p.fullmatch(number) for p in (_MOBILE, _LANDLINE, _SERVICE)):
        return number
    raise BadIdentifier("电话号码应当是11位手机号，或者带区号的固定电话。")


def other_paper(kind: str, text: str) -> str:
    """The number of another identity paper, of whose form little is known. Loose on purpose."""
    label, pattern = _PAPERS[kind]
    number = squeeze(text)
    if not pattern.fullmatch(number):
        raise BadIdentifier(f"{label}号码的格式不正确，请核对。")
    return number


# --- masking -------------------------------------------------------------------------------------


def mask_identity(number: str) -> str:
    """511***********1233: the province's and city's digits and the last four stay."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_phone(number: str) -> str:
    """138****5678; of a landline the area code and the last two digits stay."""
    if len(number) < 7:
        return "*" * len(number)
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    area = 3 if re.match(r"0(?:10|2\d)", number) else 4
    return f"{number[:area]}{'*' * (len(number) - area - 2)}{number[-2:]}"


_DOUBLES = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门"
)
_DOUBLE_SURNAMES = frozenset(_DOUBLES[i : i + 2] for i in range(0, len(_DOUBLES), 2))


def mask_name(name: str) -> str:
    """张**: the surname stays, and two stars whatever the length, so that nothing is counted."""
    bare = name.strip()
    if not bare:
        return ""
    if "·" in bare:
        return f"{bare.split('·')[0][:1]}**"
    kept = bare[:2] if len(bare) > 2 and bare[:2] in _DOUBLE_SURNAMES else bare[:1]
    return f"{kept}**"


def mask_address(address: str) -> str:
    """四川省雅安市雨城区**: cut after the district or county."""
    found = re.match(r"^.{0,20}?(?:[县旗]|(?<=市).{1,8}?区|^.{1,6}?区(?=\S))", address)
    if found:
        return f"{found[0]}**"
    city = re.match(r"^.{0,12}?市", address)
    return f"{city[0]}**" if city else "**"
