"""What the desk of the registers reads: a power in words, a decision on a change, a try-out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from zhifa.law.benchmark import Benchmark, Factor, FactorKind, Value
from zhifa.law.power import FIELDS, PenaltyKind
from zhifa.law.range import BASES, CONDITIONS
from zhifa.registry.drafts import COLUMNS, LEVELS, DraftWrong, PowerDraft, read

MOST_FEN = 10**14
_REQUIRED = {"required": "请填写这一项。", "invalid": "不能识别，请检查。"}


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ChangeForm(forms.Form):
    """From which day a change holds, why it is made, and for which agency."""

    valid_from = forms.DateField(
        label="施行日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_REQUIRED,
    )
    reason = forms.CharField(
        label="变更理由",
        max_length=300,
        widget=_area(2, maxlength=300),
        error_messages={**_REQUIRED, "max_length": "不超过300个字。"},
        help_text="例如：法律修改、上级机关调整裁量基准。",
    )
    keeper = forms.ChoiceField(label="编制机关", error_messages=_REQUIRED)

    def __init__(self, *args: Any, keepers: list[tuple[str, str]], on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self._on = on
        choice = cast("forms.ChoiceField", self.fields["keeper"])
        choice.choices = keepers
        if len(keepers) == 1:
            choice.initial = keepers[0][0]
            choice.widget = forms.HiddenInput()
        self.fields["valid_from"].kind = "day"  # type: ignore[attr-defined]

    def clean_valid_from(self) -> date:
        """A change holds from today at the earliest."""
        day = cast("date", self.cleaned_data["valid_from"])
        if day < self._on:
            raise forms.ValidationError("施行日期不能早于今天。")
        return day


class PowerForm(ChangeForm):
    """A power in words; `draft` is what they say."""

    code = forms.CharField(
        label=COLUMNS["code"], max_length=60, error_messages=_REQUIRED,
        help_text="领域和事项各用小写字母，例如 food.expired；发布后不再改变。",
    )  # fmt: skip
    name = forms.CharField(label=COLUMNS["name"], max_length=200, error_messages=_REQUIRED)
    field = forms.ChoiceField(label=COLUMNS["field"], choices=list(FIELDS.items()))
    violated = forms.CharField(
        label=COLUMNS["violated"], widget=_area(2), error_messages=_REQUIRED,
        help_text="例如：食品安全法第三十四条第十项。多条的每行一条。",
    )  # fmt: skip
    penalty = forms.CharField(
        label=COLUMNS["penalty"], widget=_area(2), error_messages=_REQUIRED,
        help_text="多条的每行一条；第一条的所在款为罚款幅度的依据。",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=COLUMNS["kinds"],
        choices=[(k.value, k.label) for k in PenaltyKind],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "options across"}),
        error_messages=_REQUIRED,
    )
    fine = forms.CharField(
        label=COLUMNS["fine"], widget=_area(3), required=False,
        help_text="例如：500元以上5000元以下；拒不改正：5000元以上20000元以下。以货值金额等计罚的："
        "货值金额不足10000元：50000元以上100000元以下；货值金额10000元以上：货值金额10倍以上20倍以下。",
    )  # fmt: skip
    fine_cites = forms.CharField(label=COLUMNS["fine_cites"], required=False, max_length=300)
    conditions = forms.CharField(
        label=COLUMNS["conditions"], widget=_area(2), required=False, max_length=300
    )
    levels = forms.MultipleChoiceField(
        label=COLUMNS["levels"],
        choices=list(LEVELS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "options across"}),
        error_messages=_REQUIRED,
    )
    benchmark = forms.ChoiceField(label=COLUMNS["benchmark"], required=False)

    draft: PowerDraft | None = None

    def __init__(
        self, *args: Any, benchmarks: list[tuple[str, str]], known: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        chosen = cast("forms.ChoiceField", self.fields["benchmark"])
        chosen.choices = [("", "没有裁量基准"), *benchmarks]
        for optional in ("fine", "fine_cites", "conditions", "benchmark"):
            self.fields[optional].optional = True  # type: ignore[attr-defined]
        if known:
            self.fields["code"].widget = forms.HiddenInput()
            self.fields["code"].initial = known
        self._known = known

    def clean(self) -> dict[str, Any]:
        """Read the words as a power; what cannot be read stands at its field."""
        said = super().clean() or {}
        words = {c: said.get(c, "") for c in COLUMNS}
        words["kinds"] = "、".join(said.get("kinds", []))
        words["levels"] = "、".join(said.get("levels", []))
        if self._known:
            words["code"] = self._known
        try:
            self.draft = read(words)
        except DraftWrong as wrong:
            for column, why in wrong.errors:
                if column not in self.errors:
                    self.add_error(column, f"{why}。")
        return said


def initial_of(draft: PowerDraft) -> dict[str, Any]:
    """What the form shows of a power that is there already."""
    words = draft.words()
    own = draft.fine.cites if draft.fine else ()
    return {
        **words,
        "field": draft.field,
        "kinds": [k.value for k in draft.kinds],
        "levels": list(draft.levels),
        "violated": words["violated"].replace("；", "\n"),
        "penalty": words["penalty"].replace("；", "\n"),
        "fine": words["fine"].replace("；", "；\n"),
        "fine_cites": words["fine_cites"] if own else "",
    }


class ImportForm(ChangeForm):
    """A list of powers as a file."""

    file = forms.FileField(
        label="清单文件",
        help_text="xlsx或者csv，不超过2兆字节、500行。第一行是表头，与导出的表格相同。",
        error_messages={**_REQUIRED, "empty": "文件是空的。", "missing": "请选择文件。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    field_order = ("file", "valid_from", "reason", "keeper")

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of the file, as far as they are read at all."""
        sent = cast("UploadedFile[Any]", self.cleaned_data["file"])
        return sent.read(2 * 1024 * 1024 + 2), str(sent.name or "")[:120]


class DecisionForm(forms.Form):
    """The opinion of whoever approves or returns."""

    opinion = forms.CharField(
        label="审核意见", required=False, max_length=300, widget=_area(2, maxlength=300)
    )


# --- trying out ----------------------------------------------------------------------------------


class TryForm(forms.Form):
    """The circumstances that a benchmark looks at, and what its range is measured by."""

    def __init__(
        self, benchmark: Benchmark, extra: tuple[str, ...], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, prefix="f")
        self._factors = [benchmark.factor(code) for code in benchmark.needs]
        for factor in self._factors:
            self.fields[factor.code] = _factor_field(factor)
        named = {f.code for f in self._factors}
        self._bases = [code for code in extra if code not in named]
        for code in self._bases:
            self.fields[code] = _extra_field(code)

    def facts(self) -> Mapping[str, Value]:
        """The values as the law evaluates them: money in 分."""
        found: dict[str, Value] = {}
        for factor in self._factors:
            found[factor.code] = _value(factor.kind, self.cleaned_data[factor.code])
        for code in self._bases:
            kind = FactorKind.FLAG if code in CONDITIONS else FactorKind.MONEY
            found[code] = _value(kind, self.cleaned_data[code])
        return found


def _extra_field(code: str) -> forms.Field:
    if code in CONDITIONS:
        return _field(forms.BooleanField(label=CONDITIONS[code], required=False), "flag")
    return _field(_number(BASES[code], money=True), "money")


def _factor_field(factor: Factor) -> forms.Field:
    match factor.kind:
        case FactorKind.FLAG:
            return _field(forms.BooleanField(label=factor.label, required=False), "flag")
        case FactorKind.CHOICE:
            choices = list(factor.choices)
            chosen = forms.ChoiceField(label=factor.label, choices=choices, initial=choices[0][0])
            return _field(chosen, "")
        case FactorKind.MONEY:
            return _field(_number(factor.label, money=True), "money")
    unit = f"（{factor.unit}）" if factor.unit else ""
    return _field(_number(factor.label + unit, money=False), "number")


def _number(label: str, *, money: bool) -> forms.Field:
    return forms.DecimalField(
        label=label, initial=0, min_value=0, max_value=MOST_FEN // 100,
        decimal_places=2 if money else 0, max_digits=16,
        widget=forms.TextInput(attrs={"inputmode": "decimal" if money else "numeric"}),
        error_messages={
            "required": "请填写这一项。", "invalid": "应当是数字。", "min_value": "不能是负数。",
            "max_value": "数值过大。", "max_decimal_places": "小数位数过多。",
            "max_digits": "数值过大。", "max_whole_digits": "数值过大。",
        },
    )  # fmt: skip


def _field(field: forms.Field, kind: str) -> forms.Field:
    field.kind = kind  # type: ignore[attr-defined]
    return field


def _value(kind: FactorKind, typed: Any) -> Value:
    if kind is FactorKind.FLAG:
        return bool(typed)
    if kind is FactorKind.CHOICE:
        return str(typed)
    return int(Fraction(str(typed)) * (100 if kind is FactorKind.MONEY else 1))
