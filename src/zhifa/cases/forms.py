"""Hand-made forms of the desk: the factors of a benchmark, a party, a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from zhifa.kernel.factform import reading
from zhifa.kernel.factform.reading import Unreadable
from zhifa.law.benchmark import Benchmark, Factor, FactorKind
from zhifa.law.procedures.penalty.proposal import Circumstance
from zhifa.registry.models import PartyKind
from zhifa.registry.services.parties import PartyFacts

MOST = 10**9
MOST_FEN = 10**13
PREFIX = "c"
PAPERS = (
    ("resident_id", "居民身份证"),
    ("passport", "护照"),
    ("mainland_permit", "通行证"),
    ("foreign_permanent_old", "外国人永久居留证"),
    ("officer_card", "军官证"),
)


class FactorField(forms.CharField):
    """A factor's value as the benchmark reads it: figures, a truth value, or one of its choices."""

    def __init__(self, factor: Factor) -> None:
        self.factor = factor
        self.kind = {"money": "money", "count": "number"}.get(factor.kind.value, "choice")
        self.optional = False
        label = factor.label + (f"（{factor.unit}）" if factor.unit else "")
        help_text = f"证据：{factor.evidence}" if factor.evidence else ""
        super().__init__(
            required=False, label=label, help_text=help_text, widget=self._widget(factor)
        )

    def _widget(self, factor: Factor) -> forms.Widget:
        if factor.kind is FactorKind.FLAG:
            return forms.RadioSelect(
                attrs={"class": "options across"}, choices=[("1", "是"), ("0", "否")]
            )
        if factor.kind is FactorKind.CHOICE:
            return forms.RadioSelect(
                attrs={"class": "options across"}, choices=list(factor.choices)
            )
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """The value as a circumstance holds it; empty where the factor is not found yet."""
        raw = "" if value is None else str(value).strip()
        if not raw:
            return ""
        try:
            return self._read(raw)
        except Unreadable as no:
            raise forms.ValidationError(f"{self.factor.label}：{no}") from None

    def _read(self, raw: str) -> str:
        if self.factor.kind is FactorKind.MONEY:
            return str(reading.money(raw, MOST_FEN))
        if self.factor.kind is FactorKind.COUNT:
            return str(reading.number(raw, MOST))
        offered = (
            {"0", "1"} if self.factor.kind is FactorKind.FLAG else set(dict(self.factor.choices))
        )
        if raw not in offered:
            raise Unreadable("没有这一选项")
        return raw


class FactorsForm(forms.Form):
    """The factors of a benchmark in this case, each with the evidence that shows it."""

    error_css_class = "wrong"

    def __init__(
        self,
        benchmark: Benchmark,
        *,
        known: Mapping[str, int],
        evidence: Sequence[tuple[str, str]],
        data: Any = None,
        initial: Sequence[Circumstance] = (),
    ) -> None:
        super().__init__(data, prefix=PREFIX)
        self.benchmark, self.evidence = benchmark, list(evidence)
        self.factors = [f for f in benchmark.factors if f.code not in known]
        self.known = [
            (f.label, f.show(known[f.code])) for f in benchmark.factors if f.code in known
        ]
        given = {c.factor: c for c in initial}
        for factor in self.factors:
            before = given.get(factor.code)
            field = FactorField(factor)
            field.initial = _shown(factor, before.value) if before is not None else None
            if before is None and factor.kind is FactorKind.FLAG:
                field.initial = "0"
            self.fields[factor.code] = field
            proof = forms.MultipleChoiceField(
                required=False,
                label=f"“{factor.label}”的证据",
                choices=self.evidence,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "options across"}),
                initial=list(before.evidence) if before is not None else [],
                error_messages={"invalid_choice": "没有这份证据"},
            )
            self.fields[f"{factor.code}-evidence"] = proof

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Each factor's input with that of its evidence."""
        return [(self[f.code], self[f"{f.code}-evidence"]) for f in self.factors]

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the id of its input."""
        return [
            (self[name].auto_id, str(e))
            for name, errors in self.errors.items()
            for e in errors
            if name in self.fields
        ]

    def circumstances(self) -> tuple[Circumstance, ...]:
        """What was found, factor by factor; only of a valid form."""
        found = []
        for factor in self.factors:
            value = self.cleaned_data.get(factor.code, "")
            proof = tuple(self.cleaned_data.get(f"{factor.code}-evidence", ()))
            if value:
                found.append(Circumstance(factor=factor.code, value=value, evidence=proof))
        return tuple(found)


def _shown(factor: Factor, value: str) -> str:
    if factor.kind is FactorKind.MONEY and value.isdecimal():
        return f"{int(value) // 100}.{int(value) % 100:02d}"
    return value


class PartyForm(forms.Form):
    """A party to be registered. Numbers are checked by the register, which names what is wrong."""

    error_css_class = "wrong"

    kind = forms.ChoiceField(
        label="类别",
        choices=PartyKind.choices,
        initial=PartyKind.BUSINESS,
        widget=forms.RadioSelect(attrs={"class": "options across"}),
        error_messages={"required": "请选择类别", "invalid_choice": "没有这一类别"},
    )
    name = forms.CharField(
        label="姓名或者名称", max_length=160, help_text="个体工商户有字号的填写字号",
        error_messages={"required": "请填写姓名或者名称", "max_length": "不能超过160个字"},
    )  # fmt: skip
    representative = forms.CharField(
        label="法定代表人、负责人或者经营者", max_length=80, required=False,
        help_text="自然人不填", error_messages={"max_length": "不能超过80个字"},
    )  # fmt: skip
    usc_code = forms.CharField(
        label="统一社会信用代码", max_length=40, required=False,
        error_messages={"max_length": "统一社会信用代码应为18位"},
    )  # fmt: skip
    licence_no = forms.CharField(
        label="许可证编号", max_length=40, required=False,
        error_messages={"max_length": "不能超过40个字"},
    )  # fmt: skip
    paper_kind = forms.ChoiceField(
        label="证件类型", choices=PAPERS, required=False,
        error_messages={"invalid_choice": "没有这一证件类型"},
    )  # fmt: skip
    paper = forms.CharField(
        label="证件号码", max_length=40, required=False,
        help_text="自然人填本人的，其他当事人填代表人或者经营者的；加密保存，页面上只显示部分",
        error_messages={"max_length": "证件号码过长"},
    )  # fmt: skip
    phone = forms.CharField(
        label="联系电话", max_length=30, required=False,
        error_messages={"max_length": "联系电话过长"},
    )  # fmt: skip
    premises = forms.CharField(
        label="经营场所", max_length=200, required=False,
        error_messages={"max_length": "不能超过200个字"},
    )  # fmt: skip
    address = forms.CharField(
        label="住址", max_length=200, required=False, help_text="自然人的住址，加密保存",
        error_messages={"max_length": "不能超过200个字"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            optional: Any = field
            optional.optional = not field.required and name not in ("paper_kind",)

    def clean(self) -> dict[str, Any]:
        """Refuse what is not to be seen in a text."""
        cleaned = self.cleaned_data
        for name, value in list(cleaned.items()):
            if not isinstance(value, str) or name in ("kind", "paper_kind"):
                continue
            try:
                cleaned[name] = reading.text(value, 200, line=True)
            except Unreadable as no:
                self.add_error(name, f"{self.fields[name].label}：{no}")
        return cleaned

    def facts(self) -> PartyFacts:
        """What is said of the party; only of a valid form."""
        said = self.cleaned_data
        return PartyFacts(
            kind=PartyKind(said["kind"]),
            **{
                name: said.get(name) or ""
                for name in self.fields
                if name not in ("kind", "paper_kind")
            },
            paper_kind=said.get("paper_kind") or "resident_id",
        )

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the id of its input."""
        return [
            (self[name].auto_id if name in self.fields else "", str(e))
            for name, errors in self.errors.items()
            for e in errors
        ]
