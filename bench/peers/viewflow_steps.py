"""django-viewflow 2.x takes fourteen steps in a row; run by the peers' python alone.

`handle` is its leanest node, for steps that code takes: a start and thirteen handles. `view` is its
node for steps that a person takes, taken as its own view would: read the task, lock, ask whether
the person may, start, execute; the next task is assigned on the way. Both run under the lock that
its documentation recommends for PostgreSQL, one transaction for each step.
"""

import os
import sys

from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["BENCH_HOST"],
            "PORT": os.environ.get("BENCH_PORT", ""),
            "NAME": os.environ["BENCH_DATABASE"],
            "USER": "zhifa_app",
            "PASSWORD": os.environ.get("BENCH_PASSWORD", ""),
        }
    },
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "viewflow",
        "viewflow.workflow",
        "fourteen",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DEBUG=False,
)

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from fourteen.flows import STEPS, HandleFlow, ViewFlow  # noqa: E402
from timing import against_the_clock  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402


class Request:
    """What a start or execution asks of a request: the person."""

    def __init__(self, user):
        self.user = user


def one(kind, user):
    """One process from its start to its end; yields after each step."""
    flow_class = HandleFlow if kind == "handle" else ViewFlow
    process = flow_class.start.run()
    yield
    for n in range(2, STEPS + 1):
        task = Task.objects.select_related("process").get(
            process_id=process.pk, flow_task=getattr(flow_class, f"step{n:02d}"),
            status__in=[STATUS.NEW, STATUS.ASSIGNED],
        )  # fmt: skip
        if kind == "handle":
            getattr(flow_class, f"step{n:02d}").run(task)
        else:
            with transaction.atomic(), flow_class.lock(process.pk):
                task.refresh_from_db()
                activation = task.flow_task.activation_class(task)
                if not activation.start.has_perm(user):
                    raise PermissionError
                activation.start(Request(user))
                activation.execute()
        yield


def main(kind, seconds):
    """Steps for so many seconds, after the word to begin."""
    user = User.objects.get(username="bench")

    def backend():
        return connection.connection.info.backend_pid

    against_the_clock(lambda: one(kind, user), backend, seconds)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        call_command("migrate", verbosity=0)
        User.objects.get_or_create(username="bench")
    else:
        main(sys.argv[1], float(sys.argv[2]))
