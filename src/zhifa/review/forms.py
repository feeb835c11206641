"""The forms of a review: the checklist of a submission, the eight points of an opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from zhifa.kernel.factform import reading
from zhifa.kernel.factform.reading import Unreadable
from zhifa.law.procedures.review import (
    PASSING,
    REQUIRED_PAPERS,
    Conclusion,
    PaperLine,
    Point,
    PointFinding,
    PointResult,
)

ACROSS = {"class": "options across"}


class ProseField(forms.CharField):
    """A text as it will stand in the record; what cannot be kept is refused with its reason."""

    kind = "text"

    def __init__(self, label: str, maximum: int, *, optional: bool = False, rows: int = 4) -> None:
        self.maximum, self.optional = maximum, optional
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))

    def clean(self, value: Any) -> str:
        """The text, trimmed. Errors name the field and the reason."""
        raw = "" if value is None else str(value)
        try:
            found = reading.text(raw, self.maximum, line=False)
        except Unreadable as no:
            raise forms.ValidationError(f"{self.label}：{no}") from None
        if not found and not self.optional:
            raise forms.ValidationError(f"{self.label}：必须填写")
        return found


class _Kept(forms.Form):
    """What both forms give to their pages: complaints with their ids, and a draft."""

    error_css_class = "wrong"

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the id of its input."""
        return [
            (self[name].auto_id if name in self.fields else "", str(e))
            for name, errors in self.errors.items()
            for e in errors
        ]

    def as_json(self) -> dict[str, str]:
        """What was typed, for a draft; what a database cannot keep is left out."""
        return {
            name: str(self.data.get(self.add_prefix(name)) or "").replace("\0", "")
            for name in self.fields
        }


class SubmissionForm(_Kept):
    """Which papers are sent along, and a note to the reviewer."""

    def __init__(self, present: Mapping[str, str], data: Any = None, kept: Any = None) -> None:
        super().__init__(data, prefix="s", initial=kept if isinstance(kept, dict) else None)
        self.names = [*REQUIRED_PAPERS, *(n for n in present if n not in REQUIRED_PAPERS)]
        for n, name in enumerate(self.names):
            box = forms.BooleanField(
                required=False,
                label=name + ("（必备）" if name in REQUIRED_PAPERS else ""),
                help_text=present.get(name, ""),
                initial=name in present,
            )
            self.fields[f"paper-{n}"] = box
        self.fields["note"] = ProseField("送审说明", 2000, optional=True)

    @property
    def boxes(self) -> list[Any]:
        """The boxes of the checklist."""
        return [self[f"paper-{n}"] for n in range(len(self.names))]

    def lines(self) -> tuple[PaperLine, ...]:
        """The checklist as it is submitted."""
        return tuple(
            PaperLine(name=name, present=bool(self.cleaned_data.get(f"paper-{n}")))
            for n, name in enumerate(self.names)
        )


class OpinionForm(_Kept):
    """The eight points, each answered, then the conclusion and the advice."""

    def __init__(self, data: Any = None, kept: Any = None) -> None:
        super().__init__(data, prefix="o", initial=kept if isinstance(kept, dict) else None)
        for point in Point:
            self.fields[point.value] = _choice(
                point.label, [(r.value, r.label) for r in PointResult], "请作出审核结果"
            )
            self.fields[f"{point.value}-opinion"] = ProseField(
                "问题和意见", 2000, optional=True, rows=2
            )
        offered = [(c.value, c.label) for c in Conclusion]
        self.fields["conclusion"] = _choice("审核结论", offered, "请作出审核结论", across=False)
        self.fields["advice"] = ProseField("具体意见", 4000)

    @property
    def points(self) -> list[tuple[Any, Any]]:
        """Each point's input with that of its opinion."""
        return [(self[p.value], self[f"{p.value}-opinion"]) for p in Point]

    def findings(self) -> tuple[PointFinding, ...]:
        """The eight findings; only of a valid form."""
        return tuple(
            PointFinding(
                point=p,
                result=PointResult(self.cleaned_data[p.value]),
                opinion=self.cleaned_data[f"{p.value}-opinion"],
            )
            for p in Point
        )

    @property
    def conclusion(self) -> Conclusion:
        """The conclusion; only of a valid form."""
        return Conclusion(self.cleaned_data["conclusion"])

    @property
    def passes(self) -> bool:
        """Whether the conclusion opens the decision."""
        return self.conclusion in PASSING


def _choice(
    label: str, offered: Sequence[tuple[str, str]], missing: str, *, across: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=offered,
        widget=forms.RadioSelect(attrs=ACROSS if across else {"class": "options"}),
        error_messages={
            "required": f"{label}：{missing}",
            "invalid_choice": f"{label}：没有这一选项",
        },
    )
