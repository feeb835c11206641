"""Where a step is taken: each room has the pages of its own steps, found by name alone.

A room above this one that performs a step serves the address ``<room>:step`` with the matter and
the step. No room is imported for it, and a step whose room has no page yet has no link.
"""

from __future__ import annotations

from uuid import UUID

from zhifa.kernel.page import address
from zhifa.law.procedure import Procedure, Step
from zhifa.procedure import definitions

FILES = {
    "legal_review": ("review:detail", "review_id"),
    "publication": ("publicity:publication", "publication_id"),
    "supervision": ("supervision:notice", "notice_id"),
}
"""Matters that are one page in a room above, whatever their step."""
HERE = ("", "records")
"""The rooms whose steps are taken on the pages of the case itself."""


def step_address(procedure: Procedure, step: Step, matter_id: UUID) -> str:
    """The page on which the step of the matter is taken; empty where there is none."""
    if step.by in HERE:
        if step.code == procedure.first:
            return ""
        return address("cases:step", matter_id=matter_id, step=step.code)
    return address(f"{step.by}:step", matter_id=matter_id, step=step.code) or address(
        f"{step.by}:desk"
    )


def addresses(procedure: Procedure, matter_id: UUID) -> dict[str, str]:
    """The address of every step, for checklists."""
    return {s.code: step_address(procedure, s, matter_id) for s in procedure.steps.values()}


def of_matter(procedure_code: str, matter_id: UUID, step_code: str) -> str:
    """The page of a step of any matter, for the to-do list; empty where there is none."""
    if procedure_code in FILES:
        name, argument = FILES[procedure_code]
        return address(name, **{argument: matter_id})
    procedure = definitions.get(procedure_code)
    step = procedure.steps.get(step_code)
    return step_address(procedure, step, matter_id) if step is not None else ""
