"""SpiffWorkflow takes fourteen steps in a row; run by the peers' python alone.

It is a library that keeps no store of its own: whoever uses it writes the serialised workflow to a
row after each step, and reads it again before the next, since any process may take that. `stored`
does so (read under lock, restore, take, write); `kept` holds the workflow in the memory of the one
process and only writes. One transaction for each step.
"""

import os
import sys
import tempfile
from itertools import pairwise

import psycopg
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from timing import against_the_clock

STEPS = 14
TABLE = """
CREATE TABLE IF NOT EXISTS spiff_workflow (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL,
    step integer NOT NULL)"""


def _definition():
    """A start, fourteen user tasks in a row, an end."""
    names = ["start", *(f"step{n:02d}" for n in range(1, STEPS + 1)), "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairwise(names))
    )
    tasks = "".join(f'<userTask id="{n}" name="{n}"/>' for n in names[1:-1])
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        'targetNamespace="bench"><process id="bench" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


def _specification():
    parser = BpmnParser()
    with tempfile.NamedTemporaryFile("w", suffix=".bpmn") as file:
        file.write(_definition())
        file.flush()
        parser.add_bpmn_file(file.name)
        return parser.get_spec("bench")


SPECIFICATION = _specification()
SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


def take(workflow):
    """The next of the fourteen: complete the task that waits, with what the person said."""
    task = next(t for t in workflow.get_tasks(state=TaskState.READY, manual=True))
    task.data.update({"word": "照办", "name": "张某某"})
    task.run()
    workflow.do_engine_steps()


def one(connection, kind):
    """One workflow from its first step to its last; yields after each step."""
    with connection.transaction():
        workflow = BpmnWorkflow(SPECIFICATION)
        workflow.do_engine_steps()
        take(workflow)
        row = connection.execute(
            "INSERT INTO spiff_workflow (state, step) VALUES (%s, 1) RETURNING id",
            [SERIALIZER.serialize_json(workflow)],
        ).fetchone()
    yield
    for n in range(2, STEPS + 1):
        with connection.transaction():
            if kind == "stored":
                kept = connection.execute(
                    "SELECT state FROM spiff_workflow WHERE id = %s FOR UPDATE", [row[0]]
                ).fetchone()
                workflow = SERIALIZER.deserialize_json(kept[0])
            take(workflow)
            connection.execute(
                "UPDATE spiff_workflow SET state = %s, step = %s WHERE id = %s",
                [SERIALIZER.serialize_json(workflow), n, row[0]],
            )
        yield
    if not workflow.is_completed():
        raise RuntimeError("the workflow did not come to its end")


def _connect():
    return psycopg.connect(
        host=os.environ["BENCH_HOST"], port=os.environ.get("BENCH_PORT") or None,
        dbname=os.environ["BENCH_DATABASE"], user="zhifa_app",
        password=os.environ.get("BENCH_PASSWORD") or None, autocommit=True,
    )  # fmt: skip


def main(kind, seconds):
    """Steps for so many seconds, after the word to begin."""
    with _connect() as connection:
        pid = connection.info.backend_pid
        against_the_clock(lambda: one(connection, kind), lambda: pid, seconds)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        with _connect() as connection:
            connection.execute(TABLE)
    else:
        main(sys.argv[1], float(sys.argv[2]))
