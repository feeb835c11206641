"""Playing the scenes on the scenario clock, with visible progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from zhifa.faces.demo.script import AFTER, BEFORE_DECISION, CLOSING, DECISION
from zhifa.faces.demo.story import Scene, Story
from zhifa.kernel import clock, effectruns, ledger, readers
from zhifa.procedure.models import Matter

ALL = (*BEFORE_DECISION, *DECISION, *AFTER, *CLOSING)
Say = Callable[[str], None]


def recall(story: Story) -> bool:
    """Whether the story was played to its end before; it then knows its case again.

    What stands is not told anew, even where a later version would tell it otherwise.
    """
    first = next(iter(ledger.of_act(story.act(1))), None)
    found = Matter.objects.filter(id=first.stream_id).first() if first is not None else None
    if found is None or not found.closed:
        return False
    story.case_id = found.id
    return True


def play(scenes: Iterable[Scene] = ALL, *, story: Story | None = None, say: Say = print) -> Story:
    """Play scenes in their order, each on its own day; the readers follow every act.

    Needs a database that is marked as a demonstration, or a test.
    """
    s = story or Story()
    with clock.scenario(clock.at(s.on)):
        for scene in scenes:
            morning = clock.at(scene.on)
            if morning > clock.now():
                clock.advance(to=morning)
            else:
                clock.advance(timedelta(minutes=20))
            s.on = scene.on
            told = scene.act(s)
            readers.catch_up()
            effectruns.run_owed()
            say(f"{scene.on.isoformat()}　{scene.title}")
            for line in told if isinstance(told, list) else ():
                say(line)
    return s
