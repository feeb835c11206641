"""What the pages about people read: an account, a duty, a delegation, an absence, a profile."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from zhifa.law.actor import Duty
from zhifa.registry.models import Absence

REQUIRED = {"required": "请填写这一项。", "invalid": "不能识别，请检查。"}
Pairs = list[tuple[str, str]]


def _day(label: str) -> forms.DateField:
    made = forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=REQUIRED,
    )
    made.kind = "day"  # type: ignore[attr-defined]
    return made


def _line(label: str, most: int, **more: Any) -> forms.CharField:
    said = {**REQUIRED, "max_length": f"不超过{most}个字。"}
    return forms.CharField(label=label, max_length=most, error_messages=said, **more)


def _choose(form: forms.Form, name: str, pairs: Pairs) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = pairs


class AccountForm(forms.Form):
    """A new account: it brings no duty."""

    name = _line("姓名", 64)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,63}$",
        label="登录名",
        error_messages={**REQUIRED, "invalid": "3至64个小写字母、数字、点、横线。"},
        help_text="小写字母、数字、点、横线，开立后不能更改。",
    )


class DutyForm(forms.Form):
    """A duty to be granted from today."""

    duty = forms.ChoiceField(
        label="职责", choices=[(d.value, d.label) for d in Duty], error_messages=REQUIRED
    )
    unit = forms.ChoiceField(label="内设机构", required=False)
    title = _line("职务", 60, required=False)
    basis = _line("任职依据", 200, help_text="文件名称和文号。")

    def __init__(self, *args: Any, units: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "unit", [("", "不属于内设机构"), *units])


class DelegationForm(forms.Form):
    """Which of one's own duties another exercises, how long, up to what amount, on what paper."""

    holder_id = forms.ChoiceField(label="代为行使的人员", error_messages=REQUIRED)
    duties = forms.MultipleChoiceField(
        label="代为行使的职责",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "options across"}),
        error_messages=REQUIRED,
    )
    valid_from = _day("自")
    valid_until = _day("至")
    limit = forms.DecimalField(
        label="罚没款数额上限（元）",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text="超过的仍由本人决定；不填为没有上限。",
        error_messages={"invalid": "应当是数额。", "min_value": "应当大于零。"},
    )
    basis = _line("书面依据", 200, help_text="授权文件的名称和文号。")

    def __init__(self, *args: Any, people: Pairs, duties: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "holder_id", [("", "请选择"), *people])
        _choose(self, "duties", duties)
        if len(duties) == 1:
            self.fields["duties"].initial = [duties[0][0]]

    @property
    def limit_fen(self) -> int | None:
        """The limit in fen; none where none was given."""
        given = self.cleaned_data["limit"]
        return None if given is None else int(given * 100)


class AbsenceForm(forms.Form):
    """Who is away, why, for how long, and who looks after what waits for them."""

    person_id = forms.ChoiceField(label="人员", error_messages=REQUIRED)
    kind = forms.ChoiceField(label="事由", choices=Absence.Kind.choices, error_messages=REQUIRED)
    valid_from = _day("自")
    valid_until = _day("至")
    deputy_id = forms.ChoiceField(label="代为关注待办的人员", required=False)

    def __init__(self, *args: Any, people: Pairs, deputies: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        _choose(self, "person_id", people)
        _choose(self, "deputy_id", [("", "不指定"), *deputies])


class StaffForm(forms.Form):
    """A file of units, people and posts."""

    file = forms.FileField(
        label="人员文件",
        help_text="xlsx或者csv，不超过2兆字节、500行。第一行是表头。",
        error_messages={**REQUIRED, "empty": "文件是空的。", "missing": "请选择文件。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    reason = _line("导入理由", 300)

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of the file, as far as they are read at all."""
        sent = self.cleaned_data["file"]
        return sent.read(2 * 1024 * 1024 + 2), str(sent.name or "")[:120]


PROFILE_FIELDS = (
    ("full_name", "机关全称", 120), ("short_name", "机关简称", 60), ("word", "机关代字", 20),
    ("letterhead", "发文机关标志", 120), ("seal_name", "印章名称", 120),
    ("usc_code", "统一社会信用代码", 18), ("address", "地址", 200), ("postcode", "邮政编码", 6),
    ("phone", "联系电话", 30), ("complaint_phone", "监督电话", 30), ("bank", "代收机构", 120),
    ("bank_account_name", "收款户名", 120), ("bank_account_no", "收款账号", 40),
    ("payment_code", "执收编码", 40), ("payment_channels", "缴款方式", 300),
)  # fmt: skip
"""What two people may change of an agency: what it is called and what its papers print."""


class ProfileForm(forms.Form):
    """An agency's names, addresses and bank from a day on."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label, most in PROFILE_FIELDS:
            needed = name in ("full_name", "short_name", "letterhead", "seal_name")
            self.fields[name] = _line(label, most, required=needed)
        self.fields["valid_from"] = _day("施行日期")
        self.fields["reason"] = _line("变更理由", 300)
