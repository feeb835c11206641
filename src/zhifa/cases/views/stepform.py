"""The form of a step: derived from what the step asserts, with what a page adds to single ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, QueryDict

from zhifa.cases import choices, matrix, similar
from zhifa.cases.forms import PREFIX, FactorsForm
from zhifa.cases.page import articles, initial
from zhifa.cases.page.case import CasePage
from zhifa.kernel.factform import FactForm, fact_form, from_json, reading
from zhifa.law.cite import Cite
from zhifa.law.discretion import DiscretionRefused, Result, evaluate
from zhifa.law.leniency import MITIGATING, WANTED, Condition, Wanted
from zhifa.law.money import yuan
from zhifa.law.power import PowerRule
from zhifa.law.procedure import Step
from zhifa.law.procedures.penalty.facts import LawSettled
from zhifa.law.procedures.penalty.leniency import CONDITIONS
from zhifa.law.procedures.penalty.proposal import PenaltyProposed, SimilarDecision
from zhifa.law.procedures.penalty.weigh import base, values
from zhifa.law.range import RangeUnknown

LEAD = "f"
ARTICLES = "x-articles"
"""Where further articles are named, to be offered beside the usual ones."""
MOST_ARTICLES = 200


class StepForm:
    """The facts' own form, and beside it the factors of a proposal and the file of an exhibit."""

    def __init__(
        self,
        page: CasePage,
        step: Step,
        *,
        request: HttpRequest | None = None,
        draft: Any = None,
        party: str = "",
    ) -> None:
        data = request.POST if request is not None else None
        self.page, self.step = page, step
        self.is_proposal = step.facts is PenaltyProposed
        self.has_file = step.code == "evidence.add"
        self.file = request.FILES.get("file") if request is not None else None
        self.file_error = ""
        source = data if data is not None else _as_data(draft)
        asked = party or _one(source, f"{LEAD}-party")
        power = _one(source, f"{LEAD}-power")
        self.rule: PowerRule | None = choices.power_rule(page, power) if self.is_proposal else None
        self.given = initial.of_step(page, step)
        if party and choices.party_of(party, page.case.agency_code):
            self.given["party"] = party
        self.articles_error = ""
        cites = self._articles(source)
        self.choices = choices.of_step(page, step, party=asked, power=power, cites=cites)
        self.facts_form = self._facts_form(data, draft, party)
        self.factors = self._factors_form(source) if self.is_proposal else None
        self.result: Result | None = None
        self.cannot_weigh = ""

    def _articles(self, source: Any) -> tuple[Cite, ...]:
        """The articles that were chosen, and those that were named to be added."""
        if source is None or not self.is_proposal:
            return ()
        keys = [
            key
            for name in source
            if str(name).startswith(f"{LEAD}-")
            and str(name).endswith(("articles", "violated", "penalised_by"))
            for key in source.getlist(name)
        ]
        try:
            named = articles.read(_one(source, ARTICLES))
        except articles.NoSuchArticle as no:
            self.articles_error, named = str(no), ()
        return (*articles.known(str(key) for key in keys[:MOST_ARTICLES]), *named)

    def _facts_form(self, data: Any, draft: Any, party: str) -> FactForm:
        made: FactForm
        cls = self.step.facts
        if data is None and draft is not None:
            kept = dict(draft) if isinstance(draft, Mapping) else {}
            if party and "party" in self.given:
                kept[f"{LEAD}-party"] = [str(self.given["party"])]
            made = from_json(cls, kept, choices=self.choices, initial=self.given, prefix=LEAD)
        else:
            made = fact_form(cls, choices=self.choices, data=data, initial=self.given, prefix=LEAD)
        if self.is_proposal:
            made.groups.pop("circumstances", None)
        return made

    def _factors_form(self, source: Any) -> FactorsForm | None:
        if self.rule is None or self.rule.benchmark is None:
            return None
        before = self.page.proposal
        return FactorsForm(
            self.rule.benchmark,
            known=base(self.page.standing),
            evidence=choices.evidence(self.page.standing),
            data=source,
            initial=before.circumstances if before is not None else (),
        )

    # --- what was sent ------------------------------------------------------------------------

    @property
    def adds(self) -> bool:
        """Whether one more row was asked for: the form is shown again, not judged."""
        return self.facts_form.adds is not None

    def is_valid(self) -> bool:
        """Whether facts can be had from it."""
        sound = self.facts_form.is_valid()
        if self.factors is not None:
            sound = self.factors.is_valid() and sound
        if self.has_file and self.file is None:
            self.file_error = "证据文件：请选择要上传的文件"
            sound = False
        return sound

    def facts(self) -> Any:
        """The facts as filled in; what the house decides is completed afterwards."""
        made = self.facts_form.facts()
        if self.factors is not None:
            made = dataclasses.replace(made, circumstances=self.factors.circumstances())
        return made

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the id of the input that it is about."""
        found = list(self.facts_form.complaints)
        if self.factors is not None and self.factors.is_bound and self.facts_form.judged:
            found += self.factors.complaints
        if self.articles_error:
            found.append(("x-articles", self.articles_error))
        if self.file_error:
            found.append(("id_file", self.file_error))
        return found

    def as_json(self) -> dict[str, list[str]]:
        """What was typed, for a draft; what a database cannot keep is left out."""
        kept = dict(self.facts_form.as_json())
        if self.factors is not None:
            data: Any = self.factors.data
            for name in data:
                if str(name).startswith(f"{PREFIX}-"):
                    kept[str(name)] = [str(v) for v in data.getlist(name)]
        return {_clean(k): [_clean(v) for v in found] for k, found in sorted(kept.items())}

    def refuse(self, field: str, message: str) -> str:
        """Mark the field that a refusal is about; gives the id to lead to, empty for none."""
        if field == "file":
            self.file_error = message
            return "id_file"
        if field == "circumstances" and self.factors is not None:
            return "factors"
        form = self.facts_form
        if field in form.fields:
            form.errors.setdefault(field, form.error_class([message]))
            return form.anchor(field)
        if field in form.groups:
            return f"id_{form.groups[field].prefix}"
        return ""

    @property
    def similar(self) -> tuple[SimilarDecision, ...]:
        """The agency's earlier decisions on the power, shown beside the proposal."""
        if self.rule is None:
            return ()
        return similar.decisions(self.rule.code, self.page.case.agency_code, self.page.on)

    @property
    def compared(self) -> tuple[str, ...]:
        """Old and new law as they were compared when the law was settled."""
        settled = self.page.standing.latest(LawSettled)
        return matrix.compared(settled) if settled is not None else ()

    @property
    def wanted(self) -> list[tuple[str, list[tuple[Condition, Wanted]]]]:
        """What evidence each condition of leniency asks, by ground."""
        groups: list[tuple[str, tuple[Condition, ...]]] = [("减轻处罚", MITIGATING)]
        groups += [(g.label, conditions) for g, conditions in CONDITIONS.items() if conditions]
        return [(label, [(c, WANTED[c]) for c in conditions]) for label, conditions in groups]

    # --- weighing -----------------------------------------------------------------------------

    def weigh(self) -> None:
        """What the benchmark makes of the factors as filled in, and why not where it cannot."""
        if self.rule is None or self.rule.benchmark is None or self.rule.fine is None:
            self.cannot_weigh = "该执法事项没有裁量基准，或者没有规定罚款。"
            return
        assert self.factors is not None
        if not self.factors.is_valid():
            self.cannot_weigh = "裁量因素填写有误，改正后再计算。"
            return
        found = self.factors.circumstances()
        try:
            merged = {
                **values(self.rule.benchmark, found),
                **base(self.page.standing),
            }
            self.result = evaluate(
                self.rule.benchmark,
                merged,
                self.rule.fine,
                {c.factor: c.evidence for c in found},
            )
        except (ValueError, RangeUnknown, DiscretionRefused) as no:
            self.cannot_weigh = f"{no}。"

    @property
    def range_words(self) -> str:
        """The range of the tier, and the law's own, in words."""
        r = self.result
        if r is None:
            return ""
        if r.range is None:
            return "不予罚款"
        return f"{r.range.label}（法定幅度{r.legal.label}）"

    def weighed_data(self) -> QueryDict:
        """The form as sent, with the computed fine put where none stands yet."""
        data = cast("QueryDict", self.facts_form.data).copy()
        r = self.result
        if r is None:
            return data
        lead = f"{LEAD}-items"
        count = int(data.get(f"{lead}-_count") or 0)
        fines = [n for n in range(count) if data.get(f"{lead}-{n}-kind") == "fine"]
        if not fines:
            n, count = count, count + 1
            data[f"{lead}-{n}-kind"] = "fine"
            data[f"{lead}-_count"] = str(count)
            fines = [n]
        if not _fen(data.get(f"{lead}-{fines[0]}-amount_fen", "")):
            data[f"{lead}-{fines[0]}-amount_fen"] = _yuan(r.proposed_fen)
        if not data.get(f"{LEAD}-reasons", "").strip():
            data[f"{LEAD}-reasons"] = "；".join(r.reasons)
        data[f"{LEAD}-leniency"] = _leniency(r)
        return data

    def deviates(self, data: Mapping[str, Any]) -> str:
        """How the fine that stands in the form departs from the range; empty where it does not."""
        if self.result is None:
            return ""
        lead = f"{LEAD}-items"
        for n in range(int(data.get(f"{lead}-_count") or 0)):
            if data.get(f"{lead}-{n}-kind") == "fine":
                fen = _fen(str(data.get(f"{lead}-{n}-amount_fen", "")))
                away = self.result.deviation(fen) if fen else None
                return away.why if away is not None else ""
        return ""

    @property
    def proposed(self) -> str:
        """The computed amount in words."""
        return yuan(self.result.proposed_fen) if self.result is not None else ""


def _leniency(r: Result) -> str:
    if r.mitigated:
        return "mitigated"
    return {"light": "lighter", "heavy": "heavier", "extra_heavy": "heavier"}.get(
        r.tier.value, "none"
    )


def _fen(text: str) -> int:
    try:
        return reading.money(text, 10**13)
    except reading.Unreadable:
        return 0


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _as_data(draft: Any) -> QueryDict | None:
    """A draft as the request that it was."""
    if not isinstance(draft, Mapping):
        return None
    data = QueryDict(mutable=True)
    for name, kept in draft.items():
        found = kept if isinstance(kept, list) else [kept]
        data.setlist(str(name), [str(v) for v in found])
    return data


def _one(source: Any, name: str) -> str:
    return str(source.get(name) or "") if source is not None else ""


def _clean(text: str) -> str:
    return text.replace("\0", "")
