"""Who supervises whom: the judicial administration its area, an inner supervisor their agency."""

from __future__ import annotations

from django.db.models import Q

from zhifa.kernel.errors import NotPermitted
from zhifa.law.actor import Actor, Duty
from zhifa.law.procedures.supervision import BODY
from zhifa.registry import selectors as registry

CITY = "city"
ANSWERING = (Duty.AGENCY_HEAD, Duty.REVIEW_HEAD)
ISSUING = (Duty.SUPERVISOR, Duty.AGENCY_HEAD, Duty.SEAL_KEEPER)


def bodies(actor: Actor) -> tuple[str, ...]:
    """The supervision bodies at which the person is a supervisor."""
    held = {p.agency for p in actor.posts if p.duty is Duty.SUPERVISOR}
    return tuple(sorted(a for a in held if registry.agency(a).supervises))


def area(actor: Actor) -> Q | None:
    """Rows with agency and region codes that the person supervises; None for everybody else."""
    held = sorted({p.agency for p in actor.posts if p.duty is Duty.SUPERVISOR})
    if not held:
        return None
    allowed = Q(pk__in=[])
    for code in held:
        profile = registry.agency(code)
        if not profile.supervises:
            allowed |= Q(agency_code=code)
        elif profile.level == CITY:
            return Q()
        else:
            allowed |= Q(region_code=profile.region_code)
    return allowed


def supervised(actor: Actor) -> Q:
    """The same, refused to whoever supervises nobody."""
    found = area(actor)
    if found is None:
        raise NotPermitted("执法监督由行政执法监督人员办理。", cites=BODY, code="not-a-supervisor")
    return found


def notices(actor: Actor) -> Q:
    """The notices that a person may read: their own body's, and what reached their agency."""
    allowed = Q(pk__in=[])
    for post in actor.posts:
        if post.duty in ISSUING and registry.agency(post.agency).supervises:
            allowed |= Q(body_code=post.agency)
        if post.duty in (*ANSWERING, Duty.SUPERVISOR):
            allowed |= Q(agency_code=post.agency, delivered_on__isnull=False)
    return allowed


def answers(actor: Actor) -> bool:
    """Whether notices may wait for the person, though they supervise nobody."""
    return any(
        p.duty in ANSWERING or (p.duty in ISSUING and registry.agency(p.agency).supervises)
        for p in actor.posts
    )


def tabs(actor: Actor) -> dict[str, bool]:
    """Which of the lists open for the person."""
    held = {p.duty for p in actor.posts}
    return {
        "warnings": Duty.SUPERVISOR in held,
        "readings": bool(held & {Duty.SUPERVISOR, Duty.AGENCY_HEAD}),
    }


def log(actor: Actor) -> Q:
    """The log of reading: what one's own body read, and what was read at the agency one heads."""
    allowed, any_post = Q(pk__in=[]), False
    for post in actor.posts:
        if post.duty is Duty.AGENCY_HEAD:
            allowed |= Q(agency_code=post.agency)
            any_post = True
        if post.duty is Duty.SUPERVISOR:
            allowed |= Q(body_code=post.agency)
            any_post = True
    if not any_post:
        raise NotPermitted(
            "调阅记录由监督机关和被监督机关负责人查看。", cites=BODY, code="not-a-supervisor"
        )
    return allowed
