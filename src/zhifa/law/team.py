"""The people of a matter: handlers, who was recused, the second officer, how far 代 reaches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhifa.law.actor import Actor, Duty, Post
from zhifa.law.cite import Cite
from zhifa.law.guards import Attempt, Refusal
from zhifa.law.money import yuan
from zhifa.law.standing import Standing

if TYPE_CHECKING:
    from zhifa.law.procedure import Step

CERTIFICATE = (Cite("CF", 42),)
TWO = (Cite("CF", 42, paragraph=1),)
QUALIFIED = (Cite("CF", 58, paragraph=2),)
RECUSAL = (Cite("CF", 43),)


def handlers(s: Standing) -> frozenset[str]:
    """The handlers (承办人) of the matter, as the latest step that names them says."""
    if not any(_names_handlers(c) for c in s.classes()):
        return frozenset()
    for d in reversed(s.history):
        team = getattr(d.facts, "handlers", None)
        if team:
            return frozenset(team)
    return frozenset()


def _names_handlers(facts: type[Any]) -> bool:
    return "handlers" in getattr(facts, "__dataclass_fields__", ()) or hasattr(facts, "handlers")


def recused(s: Standing) -> frozenset[str]:
    """Who has been recused from the matter by decision."""
    return frozenset(
        d.facts.person for d in s.history if d.step == "recusal.decide" and d.facts.granted
    )


def beyond(s: Standing, step: Step, post: Post, actor: Actor) -> Refusal | None:
    """Why a delegated duty does not reach this act: its amount, who delegated it, or that the
    acting person has already examined what they would now approve."""
    if not post.of:
        return None
    who = step.who
    if step.code.endswith(".approve"):
        examined = step.code.removesuffix("approve") + "endorse"
        if actor.id in s.people(examined):
            return refused_person(
                "delegation-level",
                f"{actor.name}已经审查本件，不能再代{post.of_name}批准",
                who.cites or step.cites,
                f"请由{post.of_name}或者其他{post.duty.label}办理",
            )
    cites = who.cites or step.cites
    if post.limit_fen is not None and who.amount is not None:
        asked = who.amount(s)
        if asked > post.limit_fen:
            return refused_person(
                "delegation-limit",
                f"{post.of_name}授权代为行使{post.duty.label}职责的数额以{yuan(post.limit_fen)}为限，"
                f"本案为{yuan(asked)}",
                cites,
                f"请由{post.of_name}或者其他{post.duty.label}办理",
            )
    for rule in who.apart:
        if post.of in s.people(*rule.steps):
            return refused_person(
                "delegation-separation", f"授权人{post.of_name}：{rule.reason}", rule.cites
            )
    if post.of in recused(s):
        return refused_person(
            "delegation-recused",
            f"{post.of_name}已被决定回避本案，不能由其授权的人员代为办理",
            RECUSAL,
        )
    return None


def second_officer(s: Standing, step: Step, a: Attempt) -> Refusal | None:
    """Why the second officer whom the facts name may not be one, or None."""
    second = getattr(a.facts, "co_officer", "")
    actor: Actor | None = a.setting.people.get(second)
    if not second or actor is None:
        return Refusal(
            "field",
            "two-officers",
            "执法人员不得少于两人，请选择另一名执法人员",
            TWO,
            field="co_officer",
        )
    if second == a.actor.id:
        return Refusal("field", "two-officers", "两名执法人员不能是同一人", TWO, field="co_officer")
    if not actor.holds(Duty.OFFICER, a.setting.agency) or not actor.certified_on(a.on):
        return Refusal(
            "field",
            "certificate",
            f"{actor.name}在{day_words(a.on)}没有有效的行政执法证件，不能作为执法人员",
            CERTIFICATE,
            "请选择持有效证件的执法人员",
            field="co_officer",
        )
    if second in recused(s):
        return Refusal(
            "field", "recused", f"{actor.name}已被决定回避本案", RECUSAL, field="co_officer"
        )
    return None


def day_words(day: date) -> str:
    """A day as a sentence says it."""
    return f"{day.year}年{day.month}月{day.day}日"


def refused_person(code: str, message: str, cites: tuple[Cite, ...], remedy: str = "") -> Refusal:
    return Refusal("person", code, message, cites, remedy)
