"""The demonstration case at the publishing desk: each step by the person who owes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.faces.demo.cast import who
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, effectruns, readers
from zhifa.law.procedures import publication as law
from zhifa.law.procedures.penalty import later
from zhifa.law.publishing import Ruling
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Taken
from zhifa.publicity import drafting, services
from zhifa.publicity.models import Publication

DAY = date(2026, 4, 13)
EFFECT = date(2026, 9, 1)
INSTRUMENT = "雅雨府复决〔2026〕8号"


@dataclass
class Desk:
    """One publication of the story's case."""

    story: Story
    on: date = DAY

    @property
    def row(self) -> Publication:
        return Publication.objects.select_related("matter").get(case_matter_id=self.story.case_id)

    @property
    def id(self) -> UUID:
        return self.row.matter_id

    @property
    def standing(self) -> Any:
        return matters.standing(self.row.matter, self.on)

    @property
    def case(self) -> Any:
        return matters.standing(matters.matter(self.story.case_id), self.on)

    def given(self, part: str, **more: Any) -> dict[str, Any]:
        return {"publication_id": self.id, "by": who(part), "on": self.on, **more}

    def rule(self, ruling: Ruling = Ruling.PUBLISH, **more: Any) -> Desk:
        facts = law.RulingProposed(regime=law.Regime.PLAN, ruling=ruling, **more)
        with self.today():
            services.propose_ruling(facts=facts, **self.given("publisher"))
            services.confirm_ruling(
                facts=law.RulingConfirmed(opinion="同意。"), **self.given("publish_reviewer")
            )
        return self

    def suggested(self) -> law.NoticeDrafted:
        return drafting.drafted(drafting.source(self.story.case_id, self.on))

    def draft(self, **changed: Any) -> Desk:
        made = replace(self.suggested(), **changed)
        with self.today():
            services.draft(facts=made, **self.given("publisher"))
        return self

    def release(self, *kept: law.Kept, part: str = "publish_reviewer", **more: Any) -> Taken:
        made = law.draft(self.standing)
        assert made is not None
        with self.today():
            return services.release(notice=law.digest(made), kept=kept, **self.given(part, **more))

    def annulled(self, kind: later.OutcomeKind = later.OutcomeKind.ANNULLED) -> Desk:
        """The reviewer records a reconsideration decision on the case; the effects run."""
        from zhifa.cases import services as cases

        self.on = EFFECT
        facts = later.OutcomeRecorded(
            kind=kind,
            ground=later.AnnulGround.FACTS if kind is later.OutcomeKind.ANNULLED else None,
            instrument=INSTRUMENT,
            body="雅安市雨城区人民政府",
            dated_on=date(2026, 8, 28),
            served_on=date(2026, 8, 31),
            effective_on=date(2026, 8, 31),
        )
        with self.today():
            cases.take(
                matter_id=self.story.case_id,
                step="outcome.record",
                by=who("reviewer"),
                on=self.on,
                facts=facts,
            )
            readers.catch_up()
            effectruns.run_owed()
        return self

    def withdraw(self, **changed: Any) -> Taken:
        values = {
            "ground": law.TakeDown.REVOKED,
            "instrument": INSTRUMENT,
            "effective_on": date(2026, 8, 31),
            "reason": "复议机关撤销了处罚决定。",
        }
        with self.today():
            return services.withdraw(
                facts=law.NoticeWithdrawn(**values | changed), **self.given("publish_reviewer")
            )

    def today(self) -> Any:
        return clock.frozen(clock.at(self.on, 10))
