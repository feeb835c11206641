"""Fourteen steps in a row as viewflow's flows."""

from django.contrib.auth.models import User
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process

STEPS = 14


def _owner(_activation):
    return User.objects.get(username="bench")


def _flow(name, kind):
    """A start, thirteen nodes in a row, an end."""
    names = [f"step{n:02d}" for n in range(2, STEPS + 1)]
    nodes = {
        "lock_impl": lock.SelectForUpdateLock(),
        "process_class": Process,
        "start": flow.StartHandle(lambda activation: activation.process).Next(this.step02),
        "end": flow.End(),
    }
    for step, after in zip(names, [*names[1:], "end"], strict=True):
        if kind == "handle":
            node = flow.Handle(lambda activation: activation.process)
        else:
            node = flow.View(None).Assign(_owner)
        nodes[step] = node.Next(getattr(this, after))
    return type(name, (flow.Flow,), {**nodes, "__module__": __name__})


HandleFlow = _flow("HandleFlow", "handle")
ViewFlow = _flow("ViewFlow", "view")
