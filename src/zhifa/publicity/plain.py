"""A published decision in plain words: made of its own published columns, nothing else."""

from __future__ import annotations

from zhifa.kernel.errors import NotFound
from zhifa.kernel.page.words import yuan, zh_date
from zhifa.law.power import PenaltyKind
from zhifa.publicity.models import PublishedDecision
from zhifa.publicity.reading import PORTAL
from zhifa.registry import selectors as registry


def plain_words(decision: PublishedDecision) -> tuple[str, ...]:
    """Who decided what, against whom, why; and what the party may do about it. One query."""
    labels = [k.label for k in PenaltyKind if k.value in decision.kinds]
    words = (
        f"{decision.agency_name}查明，{decision.party_name}有下列违法行为："
        f"{decision.violation.rstrip('。')}。{zh_date(decision.decided_on)}，该机关决定给予"
        f"{'、'.join(labels) or '行政处罚'}"
    )
    amounts = []
    if decision.fine_fen:
        amounts.append(f"罚款{yuan(decision.fine_fen)}元")
    if decision.confiscated_fen:
        amounts.append(f"没收{yuan(decision.confiscated_fen)}元")
    said = [f"{words}{'，其中' + '，'.join(amounts) if amounts else ''}。"]
    if remedy := _remedy(decision):
        said.append(remedy)
    return tuple(said)


def _remedy(decision: PublishedDecision) -> str:
    try:
        r = registry.remedies(decision.agency_code, "penalty", decision.decided_on, using=PORTAL)
    except NotFound:
        return ""
    if r.prerequisite:
        return (
            f"当事人不服的，应当先自收到决定书之日起{r.reconsideration_length}内申请行政复议；"
            f"对复议决定仍不服的，可以在{r.litigation_length}内提起行政诉讼。"
        )
    return (
        f"当事人不服的，可以自收到决定书之日起{r.reconsideration_length}内申请行政复议，"
        f"也可以在{r.litigation_length}内提起行政诉讼。"
    )
