"""Published decisions as a release would have written them; every party is plainly fictitious."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.kernel import canonical, clock, ids
from zhifa.law.procedures.publication import NoticeDrafted
from zhifa.publicity import records
from zhifa.publicity.models import Publication, PublicRoot, PublishedDecision, Tombstone
from zhifa.registry import segments

FACTS = (
    "2026年9月1日，执法人员在当事人经营场所检查时，发现货架上陈列待售的样例牌糕点三袋，标签标明的生产日期"
    "为2026年2月15日，保质期六个月，检查时已超过保质期十五日。当事人自8月16日起销售该批糕点，已售出二袋，"
    "货值金额126.80元，违法所得8.60元。\n"
    "当事人能够如实陈述，检查后立即将剩余糕点下架，没有证据证明造成危害后果。"
)
PENALTY = "1．没收违法所得8.6元；\n2．没收超过保质期的糕点三袋；\n3．罚款50000元。"


def draft(**changed: Any) -> NoticeDrafted:
    values: dict[str, Any] = {
        "case_name": "雨城区张某副食店销售超过保质期的食品案",
        "party_name": "雨城区张某副食店",
        "party_kind": "individual_business",
        "party_code": "",
        "violation": "销售超过保质期的食品",
        "facts": FACTS,
        "violated": ("FS:34:1:10",),
        "penalised_by": ("FS:124:1:5",),
        "penalty": PENALTY,
        "kinds": ("fine", "confiscate_gain", "confiscate_goods"),
        "fine_fen": 5_000_000,
        "confiscated_fen": 860,
        "nonce": "0" * 32,
    }
    return NoticeDrafted(**values | changed)


def published(
    made: NoticeDrafted | None = None,
    *,
    number: str = "雅雨市监罚〔2026〕1号",
    decided_on: date = date(2026, 9, 14),
    published_on: date = date(2026, 9, 16),
    until: date | None = date(2029, 9, 16),
    agency: str = "511802-scjg",
    agency_name: str = "雅安市雨城区市场监督管理局",
    using: str = "default",
) -> PublishedDecision:
    """One row of the sanitised table."""
    made = made or draft()
    row = Publication(
        public_id=records.public_id(ids.uuid7()),
        number=number,
        agency_code=agency,
        region_code=agency[:6],
        decided_on=decided_on,
    )
    text = records.record(row, made, agency_name=agency_name, on=published_on, until=until)
    return PublishedDecision.objects.using(using).create(
        public_id=row.public_id,
        number=number,
        agency_code=agency,
        agency_name=agency_name,
        region_code=row.region_code,
        **{name: getattr(made, name) for name in records.COPIED},
        violated=list(made.violated),
        penalised_by=list(made.penalised_by),
        kinds=list(made.kinds),
        decided_on=decided_on,
        published_at=clock.at(published_on, 10, 24),
        published_until=until,
        record=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        event_id=ids.uuid7(),
        event_hash=hashlib.sha256(row.public_id.encode()).hexdigest(),
        terms=segments.terms_of(records.searched(row, made, agency_name)),
    )


def tombstone(public_id: str = "k3m7q9w2xz", ground: str = "revoked") -> Tombstone:
    return Tombstone.objects.create(
        public_id=public_id,
        agency_code="511802-scjg",
        agency_name="雅安市雨城区市场监督管理局",
        published_at=clock.at(date(2026, 9, 16), 10, 24),
        withdrawn_at=clock.at(date(2026, 11, 20), 15, 2),
        ground=ground,
        sha256="4f" * 32,
        event_hash="3a" * 32,
        withdrawal_id=UUID(int=7),
        withdrawal_hash="c1" * 32,
    )


def root(number: int = 1, day: date = date(2026, 9, 16)) -> PublicRoot:
    said = canonical.text(
        {
            "day": day.isoformat(),
            "events": 412,
            "number": number,
            "prev": "0" * 64,
            "streams": 37,
        }
    )
    return PublicRoot.objects.create(
        number=number,
        day=day,
        statement=said,
        hash=hashlib.sha256(said.encode()).hexdigest(),
        signature="MEUCIQDexample",
        certificate="-----BEGIN CERTIFICATE-----\nexample\n-----END CERTIFICATE-----",
        stamped=True,
    )


def city_of_decisions() -> list[PublishedDecision]:
    """A handful, with long names, an organisation, a natural person, no penalty of money."""
    long = "雅安市雨城区青衣江畔好再来土特产品及散装食品批发零售有限责任公司第十二分公司"
    return [
        published(),
        published(
            draft(
                case_name=f"{long}未按规定公示食品经营许可证案",
                party_name=long,
                party_kind="legal_person",
                party_code="91511802MA6XXXXX0X",
                violation="未按规定公示食品经营许可证",
                penalty="警告。",
                kinds=("warning",),
                fine_fen=0,
                confiscated_fen=0,
            ),
            number="雅雨市监罚〔2026〕28号",
            decided_on=date(2026, 11, 2),
            published_on=date(2026, 11, 5),
        ),
        published(
            draft(
                case_name="李某擅自占用人行道摆摊设点案",
                party_name="李某",
                party_kind="natural_person",
                violation="擅自占用人行道摆摊设点",
                facts="当事人在雨城区人行道上摆摊，经责令改正后仍未搬离。",
                penalty="罚款200元。",
                kinds=("fine",),
                fine_fen=20_000,
                confiscated_fen=0,
            ),
            number="雅综执罚〔2026〕7号",
            decided_on=date(2026, 10, 12),
            published_on=date(2026, 10, 15),
            agency="511800-zhzf",
            agency_name="雅安市综合行政执法局",
        ),
    ]
