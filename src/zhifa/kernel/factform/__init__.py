"""Forms derived from what a step asserts: one declaration, one form, and no hand-typed fields.

::

    form = fact_form(PenaltyDecided, choices={"power": powers}, data=request.POST, prefix="f")
    if form.is_valid():
        facts = form.facts()

Nothing that a browser can send makes it raise: every value that does not fit is an error in
Chinese that names its field and the reason.
"""

from zhifa.kernel.factform.form import FactForm, NotValid, fact_form, from_json
from zhifa.kernel.factform.rows import ADD, Rows
from zhifa.kernel.factform.shown import Shown, shown

__all__ = [
    "ADD",
    "FactForm",
    "NotValid",
    "Rows",
    "Shown",
    "fact_form",
    "from_json",
    "shown",
]
