"""The first question of a food case, answered by computation: which law, of which day, for whom."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

from zhifa.law import choice
from zhifa.law.cite import Cite, LawVersion, VersionNotHeld, law, version_on
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.power import PowerRule
from zhifa.law.procedures.penalty.facts import (
    CorrectionRechecked,
    GainFound,
    LawSettled,
    RecheckResult,
)
from zhifa.law.procedures.penalty.proposal import DecisionKind
from zhifa.law.range import RangeUnknown
from zhifa.law.sources import CF, FS
from zhifa.law.standing import Standing
from zhifa.law.subject import FOOD_LAWS, Answer, FoodSubject, governing


def base(s: Standing) -> dict[str, int]:
    """What a legal range is measured by: the finding on gain, and a correction that was refused."""
    found, rechecked = s.latest(GainFound), s.latest(CorrectionRechecked)
    measured: dict[str, int] = {}
    if found is not None:
        measured |= {"goods_value_fen": found.goods_value_fen, "illegal_gain_fen": found.gain_fen}
    if rechecked is not None and rechecked.result is RecheckResult.NOT_CORRECTED:
        measured |= {"refused": True, "overdue": True}
    return measured


def substance(s: Standing, a: Attempt, code: str) -> PowerRule | None:
    """The power whose substance applies: today's, or the act's day's where the old law governs."""
    f = s.latest(LawSettled)
    if f is not None and f.applies_on == f.acted_until and code in a.setting.then:
        return a.setting.then[code]
    return a.setting.powers.get(code)


class NotSettled(ValueError):
    """The governing law cannot be settled yet; the message says why, in Chinese."""


def settle(
    f: LawSettled,
    on: date,
    then: PowerRule | None,
    now: PowerRule | None,
    measured: Mapping[str, int],
) -> LawSettled:
    """The facts with what follows from them: law, version, comparison, the day whose law applies.

    `then` and `now` are the power as it stood on the act's last day and stands today; `measured`
    what ranges measure by (fen). Raises `NotSettled`.
    """
    if f.acted_until == on:
        then = now
    if f.subject is FoodSubject.NOT_FOOD:
        return _by_power(f, on, then, now, measured)
    try:
        found = governing(f.subject, on)
        before, after = version_on(found.law, f.acted_until), version_on(found.law, on)
    except VersionNotHeld as missing:
        raise NotSettled(str(missing)) from missing
    words, day = "", f.acted_until
    if before is after and then == now:
        words, day = _same(found.law), on
    elif found.food_law_penalties:
        words, day = _compared(then, now, f.acted_until, on, measured)
    else:
        words = f"{law(found.law).title}在此期间修改，应当对照两个版本逐项比较。"
    return dataclasses.replace(
        f,
        law=found.law,
        law_version=version_words(before if day == f.acted_until else after),
        comparison=f"{found.why}。{words}",
        applies_on=day,
    )


def _by_power(
    f: LawSettled,
    on: date,
    then: PowerRule | None,
    now: PowerRule | None,
    measured: Mapping[str, int],
) -> LawSettled:
    """Where no food is concerned the law is that of the power's penalty article, of each day."""
    if now is None and then is None:
        raise NotSettled("权责清单中没有这一执法事项")
    if then == now:
        assert now is not None
        words, day = _same(now.penalty[0].law), on
    else:
        words, day = _compared(then, now, f.acted_until, on, measured)
    applied = then if day == f.acted_until or now is None else now
    assert applied is not None
    code = applied.penalty[0].law
    try:
        version = version_on(code, f.acted_until if applied is then else day)
    except VersionNotHeld as missing:
        raise NotSettled(str(missing)) from missing
    return dataclasses.replace(
        f, law=code, law_version=version_words(version), comparison=words, applies_on=day
    )


def _same(code: str) -> str:
    title = law(code).title
    return f"违法行为终了之日与办理之日适用同一版本的《{title}》，不存在新旧法选择。"


def version_words(version: LawVersion) -> str:
    """A version as documents name it: 2025年9月12日公布，2025年12月1日起施行."""
    begins = f"{_day(version.in_force_from)}起施行"
    return f"{_day(version.promulgated)}公布，{begins}" if version.promulgated else begins


def _compared(
    then: PowerRule | None,
    now: PowerRule | None,
    act: date,
    on: date,
    measured: Mapping[str, int],
) -> tuple[str, date]:
    if then is None:
        raise NotSettled("未收录违法行为发生时的权责事项，不能比较新旧规定")
    norms = [_norm(then, date.min, act)]
    if now is None:
        norms.append(choice.Norm(then.penalty, act + _DAY, punishable=False))
    else:
        norms.append(_norm(now, act + _DAY, None))
    try:
        made = choice.choose(norms, act, on, measured)
    except RangeUnknown as unknown:
        raise NotSettled(f"{unknown}，请先认定货值和违法所得") from unknown
    return "；".join(made.explain()) + "。", made.day


def _norm(power: PowerRule, since: date, until: date | None) -> choice.Norm:
    kinds = frozenset(k.value for k in power.kinds)
    return choice.Norm(power.penalty, since, until, True, power.fine, kinds)


_DAY = date(2000, 1, 2) - date(2000, 1, 1)


@guard("law.computed", "适用的法律由规则得出", CF(37), FS(36), FS(127))
def computed(s: Standing, a: Attempt) -> No | None:
    """Nobody types which law applies: it follows from subject, days and the versions in force."""
    f: LawSettled = a.facts
    code = _power(s)
    try:
        made = settle(f, a.on, a.setting.then.get(code), a.setting.powers.get(code), base(s))
    except NotSettled as open_question:
        return No(str(open_question), field="acted_until")
    if (made.law, made.law_version, made.comparison, made.applies_on) != (
        f.law,
        f.law_version,
        f.comparison,
        f.applies_on,
    ):
        return No("适用的法律与规则得出的不一致", "请重新计算", field="law")
    return None


@guard("law.food", "适用食品安全法处罚", FS(36), FS(127), CF(38))
def food_law(s: Standing, a: Attempt) -> No | None:
    """Workshops, stalls and farmers are not penalised under the food law; their case may end in
    any other way."""
    f = s.latest(LawSettled)
    if a.facts.decision is not DecisionKind.PENALTY:
        return None
    if f is not None and f.law != "FS" and f.subject is not FoodSubject.NOT_FOOD:
        return No(
            f"当事人适用{law(f.law).title}，不适用食品安全法的处罚",
            "请按该法确定执法事项，或者移送有管辖权的机关",
            then="law.settle",
        )
    return None


@guard("law.current", "适用的法律没有变化", CF(37))
def current(s: Standing, a: Attempt) -> No | None:
    """Whether old or new law applies is judged on the day of the decision."""
    done = s.last("law.settle")
    if done is None:
        return None
    f: LawSettled = done.facts
    if _version(f.law, done.on) is not _version(f.law, a.on):
        return No(
            f"{Cite(f.law, 0).label}在确定适用法律之后已经修改或者废止",
            "请重新比较",
            then="law.settle",
        )
    return None


def _version(code: str, on: date) -> LawVersion | None:
    """The version in force on the day; None once the law is repealed: an old law may govern."""
    try:
        return version_on(code, on)
    except VersionNotHeld:
        return None


@guard("law.subject", "主体类型与执法事项相符", CF(37), FS(2), FS(136))
def subject_fits(s: Standing, a: Attempt) -> No | None:
    """A food case asks what kind of food business the party is; any other case does not."""
    f: LawSettled = a.facts
    code = _power(s)
    rule = a.setting.powers.get(code) or a.setting.then.get(code)
    if rule is None:
        return None
    is_food = rule.penalty[0].law in FOOD_LAWS
    if is_food == (f.subject is FoodSubject.NOT_FOOD):
        wanted = "请选择食品生产经营者的类型" if is_food else "请选择不涉及食品的当事人"
        return No("主体类型与执法事项不符", wanted, field="subject")
    return None


@guard("diligence.answered", "进货查验免责已审查", FS(136))
def diligence_answered(_s: Standing, a: Attempt) -> No | None:
    """A seller's diligence is answered, each condition, before the penalty is weighed."""
    f: LawSettled = a.facts
    answers = {f.inspected, f.unaware, f.source_named}
    if f.subject is FoodSubject.NOT_FOOD:
        if answers != {Answer.NOT_APPLICABLE}:
            return No("不涉及食品的案件，进货查验免责的三项条件应当填“不涉及”", field="inspected")
        return None
    if answers & {Answer.UNKNOWN, Answer.NOT_APPLICABLE}:
        return No("进货查验免责的三项条件应当逐项查明", field="inspected")
    return None


def _power(s: Standing) -> str:
    for done in reversed(s.history):
        if code := getattr(done.facts, "power", ""):
            return str(code)
    return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
