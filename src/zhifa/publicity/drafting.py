"""Drafting a notice from a case: what the record says, what is hidden of it, what is still left.

The original never leaves the house. A draft is new text, proposed by the rules of redaction and
read by two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from zhifa.cases.models import Case
from zhifa.law.facts import Facts
from zhifa.law.money import yuan
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.parts.paper import Served
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.facts import (
    ClueRegistered,
    Interviewed,
    PartyConfirmed,
    SiteInspected,
)
from zhifa.law.procedures.penalty.later import DefenceHeard, GoodsTaken, HearingHeld
from zhifa.law.procedures.penalty.proposal import PenaltyItem, PenaltyProposed, current
from zhifa.law.procedures.publication import NoticeDrafted
from zhifa.law.redaction import COMPOUND_SURNAMES, PublicParty, leftovers, public_party, redact
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import PartyView

TEXTS = ("case_name", "party_name", "violation", "facts", "penalty")
"""The fields of a notice that are running text, and are searched for what must not stand there."""

_NAMED: dict[type[Facts], tuple[str, ...]] = {
    ClueRegistered: ("reporter",),
    PartyConfirmed: ("recipient",),
    SiteInspected: ("present", "witness"),
    Interviewed: ("interviewee",),
    Served: ("received_by", "witness"),
    DefenceHeard: ("speaker",),
    HearingHeld: ("present",),
    GoodsTaken: ("witnessed_by",),
}
_SECRET: dict[type[Facts], tuple[str, ...]] = {
    PartyConfirmed: ("phone", "electronic_address"),
    Interviewed: ("identity_no",),
}
_ROLES = re.compile(
    "法定代表人|经营者|负责人|代表人|当事人|从业人员|工作人员|见证人|举报人|投诉人|代理人|被询问人|店主|店员|员工|"
    "证人|先生|女士|同志|本人|实名|匿名|电话|手机|联系|地址|社区|居委会|村委会|身份证|签收|代收|在场|配合检查"
)
_WHOLE = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}|[\u3400-\u9fff]{2,8}(?:·[\u3400-\u9fff]{1,8})+"
)
_RUN = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff\U00020000-\U0003134f]{2,4}(?![\u3400-\u9fff])"
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪"
    "翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧"
    "甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅"
    "宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封"
    "竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
)


def names_in(words: str) -> Iterator[str]:
    """The names of people in a field such as 王小五, or 经营者王小五、店员李小六（女）."""
    if _WHOLE.fullmatch(words.strip()) and not _ROLES.search(words):
        yield words.strip()
        return
    for piece in _ROLES.split(words):
        for name in _RUN.findall(piece):
            if name[0] in _SURNAMES or name[:2] in COMPOUND_SURNAMES:
                yield name


@dataclass(frozen=True)
class Source:
    """What a notice is drafted from: the case's record as it stands, unredacted."""

    case: Case
    standing: Standing
    party: PartyView

    @cached_property
    def proposal(self) -> PenaltyProposed:
        """The proposal that the decision gave effect to."""
        found = current(self.standing)
        assert found is not None
        return found

    @cached_property
    def public(self) -> PublicParty:
        """The party as the public reads it."""
        code = self.party.usc_code
        return public_party(
            self.party.name,
            self.party.kind.value,
            operator=self.party.representative,
            code=code,
        )

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Every private person that the file names: witnesses, staff, who signed and who reported.

        The agency's own people act in public and are not among them.
        """
        found: dict[str, None] = {}
        if self.party.kind.value == "natural_person":
            found[self.party.name] = None
        if self.party.representative:
            found[self.party.representative] = None
        for words in self._fields(_NAMED):
            for name in names_in(words):
                found[name] = None
        own = {self.party.name, self.case.cause}
        return tuple(n for n in found if n not in own or n in self._people)

    @property
    def _people(self) -> set[str]:
        natural = self.party.kind.value == "natural_person"
        return {self.party.name} if natural else {self.party.representative}

    @cached_property
    def informers(self) -> tuple[str, ...]:
        """Who reported: taken out whole, never shortened to a surname."""
        clue = self.standing.latest(ClueRegistered)
        return tuple(names_in(clue.reporter or "")) if clue is not None else ()

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """Numbers and addresses of the file that may never stand in a notice."""
        found = [self.party.phone, self.party.representative_id]
        if self.party.kind.value == "natural_person":
            found.append(self.party.id_number)
        found += self._fields(_SECRET)
        return tuple(dict.fromkeys(s for s in found if s and len(s) > 3))

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Homes, cut to the district; a place of business is open (and then not among them)."""
        found = []
        if not self.party.premises and self.party.address:
            found.append(self.party.address)
        confirmed = self.standing.latest(PartyConfirmed)
        if confirmed is not None and confirmed.address not in (self.party.premises, ""):
            found.append(confirmed.address)
        return tuple(a for a in found if len(a) > 4)

    @cached_property
    def original(self) -> str:
        """The facts as the decision finds them, unredacted; for the desk only."""
        found = "\n".join(f.found.strip() for f in self.proposal.findings)
        return force.corrected(self.standing, found)

    @cached_property
    def items(self) -> force.Items:
        """The penalties in force, which is what the public reads."""
        return force.items(self.standing)

    @property
    def act(self) -> str:
        """The violation in words: 销售超过保质期的食品."""
        return self.case.cause.removeprefix("涉嫌").removesuffix("案")

    def hide(self, text: str) -> str:
        """The text as the public may read it, as far as rules can tell."""
        return redact(
            text,
            persons=[p for p in self.persons if p not in self.informers],
            party_person=self.party.representative or "",
            addresses=self.addresses,
            remove=(*self.informers, *self.secrets),
            keep=(self.public.code,),
        )

    def _fields(self, wanted: dict[type[Facts], tuple[str, ...]]) -> list[str]:
        found = []
        for done in self.standing.history:
            for name in wanted.get(type(done.facts), ()):
                value = getattr(done.facts, name)
                if value:
                    found.append(str(value))
        return found


def source(case_id: UUID, on: date) -> Source:
    """The case's record for a notice."""
    case = Case.objects.select_related("matter").get(matter_id=case_id)
    standing = matters.standing(case.matter, on)
    proposal = current(standing)
    assert proposal is not None
    return Source(case, standing, registry.party(proposal.party, case.decided_on))


def drafted(of: Source) -> NoticeDrafted:
    """The notice as the rules of redaction propose it."""
    named = of.hide(of.public.name) if of.public.code else of.public.name
    return NoticeDrafted(
        case_name=f"{of.public.name}{of.hide(of.act)}案"[:160],
        party_name=named,
        violation=of.hide(of.act),
        facts=of.hide(of.original),
        penalty=of.hide(force.corrected(of.standing, penalty(of.items))),
        **known(of),
    )


def known(of: Source) -> dict[str, Any]:
    """Those fields of a notice that nobody types: they are the decision's own."""
    p = of.proposal
    return {
        "party_kind": of.public.kind,
        "party_code": of.public.code,
        "violated": p.violated,
        "penalised_by": p.penalised_by,
        "kinds": tuple(k.value for k in PenaltyKind if k in {i.kind for i in of.items}),
        "fine_fen": force.fine(of.items),
        "confiscated_fen": force.confiscated(of.items),
    }


def completed(made: NoticeDrafted, of: Source, nonce: str) -> NoticeDrafted:
    """The notice with what nobody types, whatever the form said."""
    return replace(made, **known(of), nonce=nonce)


def penalty(items: Iterable[PenaltyItem]) -> str:
    """What was decided, a line for each penalty."""
    lines = []
    for item in items:
        words = item.kind.label
        if item.amount_fen and item.kind is not PenaltyKind.CONFISCATE_GOODS:
            words += yuan(item.amount_fen)
        if item.detail:
            says_it = item.detail.startswith(words[:2])
            words = item.detail if says_it else f"{words}：{item.detail}"
        lines.append(words.rstrip("。"))
    if len(lines) == 1:
        return f"{lines[0]}。"
    return "\n".join(
        f"{n}．{line}{'；' if n < len(lines) else '。'}" for n, line in enumerate(lines, 1)
    )


@dataclass(frozen=True, slots=True)
class Left:
    """A piece of a draft that must go, or be kept with a reason; and in which field it stands."""

    field: str
    words: str


def left_in(made: NoticeDrafted, of: Source) -> tuple[Left, ...]:
    """What still stands in a draft and must not: names and numbers of the file, and whatever has
    the shape of a number that is cut."""
    found = []
    for field in TEXTS:
        text = getattr(made, field)
        for words in leftovers(
            text,
            persons=of.persons,
            secrets=(*of.secrets, *of.addresses),
            keep=(of.public.code,),
        ):
            found.append(Left(field, words))
    return tuple(found)
