"""Documents and their service (送达): sealed by the seal's keeper, served, the proof kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhifa.law import documents, terms
from zhifa.law.actor import Duty
from zhifa.law.calendar import WorkCalendar
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Opens, Owed, Phase, Starts, Step, Stops, Who
from zhifa.law.sources import CF, MS
from zhifa.law.standing import Done, Standing


class ServiceMethod(Choice):
    """The ways of service, in the order of 民事诉讼法 88-95 (by reference from 行政处罚法 61)."""

    DIRECT = "direct", "直接送达"
    LEAVING = "leaving", "留置送达"
    ELECTRONIC = "electronic", "电子送达"
    ENTRUSTED = "entrusted", "委托送达"
    MAIL = "mail", "邮寄送达"
    FORWARDED = "forwarded", "转交送达"
    ANNOUNCEMENT = "announcement", "公告送达"


@dataclass(frozen=True)
class Sealed(Facts):
    """The seal set on an issued document."""

    document: str = fact("文书", Kind.DOCUMENT)


@dataclass(frozen=True)
class Served(Facts):
    """A document served: how, where, to whom, and who took it."""

    document: str = fact("文书", Kind.DOCUMENT)
    document_kind: str = fact("文书种类", prefilled=True)
    co_officer: str = fact("另一名送达人", Kind.PERSON)
    method: ServiceMethod = fact("送达方式", Kind.CHOICE)
    place: str = fact("送达地点", private=True)
    received_by: str = fact("签收人", private=True, help="当事人本人或者依法代收的人")
    relation: str = fact("签收人与受送达人的关系", optional=True, private=True, default="")
    refused: bool = fact("拒绝签收", Kind.FLAG, default=False)
    witness: str = fact("见证人", optional=True, private=True, default="")
    note: str = fact("备注", Kind.TEXT, optional=True, private=True, default="", maximum=1000)
    announced_on: date | None = fact("发出公告日期", Kind.DAY, optional=True)
    announced_after: str = fact(
        "公告前采用过的送达方式及结果",
        Kind.TEXT,
        optional=True,
        private=True,
        default="",
        maximum=1000,
        help="公告送达应当在其他方式无法送达后采用，并记明原因和经过",
    )


def _document(a: Attempt) -> str:
    return getattr(a.facts, "document", "") if a.facts is not None else ""


@guard("document.known", "文书属于本案", CF(59))
def document_known(s: Standing, a: Attempt) -> No | None:
    """The document was issued in this matter."""
    key = _document(a)
    if key and not any(o.id == key for d in s.history for o in d.outputs):
        return No("本案没有这份文书", field="document")
    return None


@guard("document.to-seal", "文书待用印", CF(59, 2))
def to_seal(s: Standing, a: Attempt) -> No | None:
    """The document is issued, goes out, and bears no seal yet."""
    if not s.open(UNSEALED.code, _document(a) or None):
        return No("没有待用印的文书" if a.facts is None else "这份文书不需要用印或者已经用印")
    return None


@guard("document.sealed", "文书已用印", CF(59, 2))
def is_sealed(s: Standing, a: Attempt) -> No | None:
    """Only a sealed document can be served: 行政处罚决定书必须盖有作出决定的行政机关的印章."""
    key = _document(a)
    if key and s.open(UNSEALED.code, key):
        return No("文书尚未加盖印章", "请先由印章管理员用印", then="document.seal")
    return None


@guard("document.to-serve", "文书待送达", CF(61))
def to_serve(s: Standing, a: Attempt) -> No | None:
    """The document still has to be served."""
    if not s.open(UNSERVED.code, _document(a) or None):
        return No("没有待送达的文书" if a.facts is None else "这份文书已经送达或者不需要送达")
    return None


@guard("document.kind", "文书种类相符", CF(61))
def kind_true(s: Standing, a: Attempt) -> No | None:
    """The kind that the facts carry is the document's own."""
    key = _document(a)
    kinds = {o.kind for d in s.history for o in d.outputs if o.id == key}
    if kinds and a.facts.document_kind not in kinds:
        return No("文书种类与所选文书不符", field="document_kind")
    return None


@guard("service.leaving", "留置送达有见证", MS(89))
def leaving_witnessed(_s: Standing, a: Attempt) -> No | None:
    """Leaving service needs a witness, or the course recorded on the spot."""
    f = a.facts
    if f.method is ServiceMethod.LEAVING and not (f.witness or f.note):
        return No("留置送达应当有见证人，或者记明以拍照、录像方式记录的经过", field="witness")
    if f.refused and f.method is ServiceMethod.DIRECT:
        return No("受送达人拒绝签收的，应当采用留置送达", field="method")
    return None


@guard("service.announcement", "公告送达是最后的方式", MS(95))
def announcement_last(_s: Standing, a: Attempt) -> No | None:
    """Public notice only after the other ways failed, cause and course noted."""
    f = a.facts
    if f.method is not ServiceMethod.ANNOUNCEMENT:
        return None
    if not f.announced_after:
        return No("采用公告送达前，应当记明其他方式无法送达的原因和经过", field="announced_after")
    if f.announced_on is None:
        return No("公告送达应当写明发出公告日期", field="announced_on")
    last = _announced_until(f.announced_on)
    if a.on <= last:
        return No(
            f"自发出公告之日起经过三十日视为送达，{last.month}月{last.day}日期满",
            "公告期满后登记送达",
            field="announced_on",
        )
    return None


def _announced_until(day: date) -> date:
    """The end of the thirty days of a public announcement, which no holiday moves."""
    term = terms.get("service.announcement", day)
    return terms.compute(term, day, WorkCalendar.standard()).due


def served_on(done: Done) -> date:
    """The day from which the party's days count: that of service, or the announcement's last."""
    f = done.facts
    if f.method is ServiceMethod.ANNOUNCEMENT and f.announced_on is not None:
        return _announced_until(f.announced_on)
    return done.on


@guard("service.electronic", "受送达人同意电子送达", CF(61, 2))
def electronic_agreed(s: Standing, a: Attempt) -> No | None:
    """Electronic service asks for a signed confirmation."""
    if a.facts.method is not ServiceMethod.ELECTRONIC:
        return None
    said = s.find(lambda d: hasattr(d.facts, "electronic_service"))
    if said is None or not said.facts.electronic_service:
        return No("当事人没有签订确认书同意电子送达", "请改用其他送达方式", field="method")
    return None


def _main_seal(s: Standing) -> bool:
    return bool(s.open(UNSEALED.code))


def _main_serve(s: Standing) -> bool:
    waiting = {o.key for o in s.open(UNSEALED.code)}
    return any(o.key not in waiting for o in s.open(UNSERVED.code))


def paper(
    phase: Phase,
    *starts: Starts,
    stops: tuple[Stops, ...] = (),
    opens: tuple[Opens, ...] = (),
    closes: tuple[Closes, ...] = (),
) -> tuple[Step, ...]:
    """Seal and serve, with what the service of certain documents starts, stops, opens, closes."""
    return (
        Step(
            "document.seal",
            "加盖印章",
            Sealed,
            Who((Duty.SEAL_KEEPER,), cites=(CF(59, 2),)),
            (CF(59, 2),),
            phase,
            needs=(document_known, to_seal),
            links=("seal",),
            closes=(Closes(UNSEALED, key=lambda _s, f: f.document),),
            main=_main_seal,
            story="在文书上加盖印章",
            by="records",
        ),
        Step(
            "document.serve",
            "送达文书",
            Served,
            Who((Duty.OFFICER,), certified=True, two=True, cites=(CF(61),)),
            (CF(61),),
            phase,
            needs=(document_known, to_serve),
            checks=(
                is_sealed,
                kind_true,
                leaving_witnessed,
                announcement_last,
                electronic_agreed,
            ),
            owes=(Owed("service_proof"),),
            links=("service",),
            starts=starts,
            stops=stops,
            opens=opens,
            closes=(Closes(UNSERVED, key=lambda _s, f: f.document), *closes),
            main=_main_serve,
            story="送达文书",
            by="records",
        ),
    )


def served(s: Standing, kind: str) -> bool:
    """Whether the latest document of a kind has been served."""
    papers = s.outputs(kind)
    return bool(papers) and not s.open(UNSERVED.code, papers[-1].id)


def must_serve(kind: str) -> bool:
    """Whether a document of the kind is served at all."""
    return documents.rule(kind).outward
