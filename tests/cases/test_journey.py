"""The demonstration case once more, and this time nobody calls a service: everything is typed into
pages, by the person whose turn it is."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.cases.desk import Desk, Forms, picture, typed
from zhifa.cases.models import Case
from zhifa.faces.demo import facts
from zhifa.faces.demo.play import ALL
from zhifa.faces.demo.story import Scene, Story
from zhifa.kernel import clock, effectruns, ledger, readers
from zhifa.law.facts import Facts
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.proposal import PenaltyProposed
from zhifa.law.procedures.review import REQUIRED_PAPERS, Conclusion, Point
from zhifa.procedure.models import TodoItem
from zhifa.review.models import Review

AtDesk = Callable[[str], Desk]


class PageStory(Story):
    """The story told through the pages."""

    def __init__(self, at_desk: AtDesk) -> None:
        super().__init__()
        self.at_desk = at_desk

    def address(self, step: str = "") -> str:
        """The case's page, or that of a step."""
        return f"/desk/cases/{self.case_id}/" + (f"steps/{step}/" if step else "")

    def take(self, step: str, part: str, made: Facts) -> Any:
        page = self.at_desk(part).done(self.address(step), typed(made))
        assert "已" in page

    def complete(self, made: PenaltyProposed) -> PenaltyProposed:
        return made  # the page completes it

    def settle(self, made: f.LawSettled) -> f.LawSettled:
        return made  # the page settles it

    def exhibit(self, name: str, content: bytes, kind: Any, title: str, proves: str, place: str,
                hour: int) -> None:  # fmt: skip
        made = facts.evidence("", kind, title, proves, self.on, hour, place)
        filled: dict[str, Any] = typed(made) | {"file": picture(content, title)}
        self.at_desk("handler").done(self.address("evidence.add"), filled)
        self.evidence[name] = self.standing().all("evidence.add")[-1].facts.evidence

    def seal(self, kind: str) -> None:
        paper = self.standing().outputs(kind)[-1]
        self.at_desk("seal_keeper").done(self.address("document.seal"), {"f-document": [paper.id]})

    def serve(self, kind: str) -> None:
        paper = self.standing().outputs(kind)[-1]
        made = Served(
            document=paper.id, document_kind=kind, co_officer=str(self.second),
            method=ServiceMethod.DIRECT, place=facts.PLACE, received_by=facts.OWNER,
            relation="经营者",
        )  # fmt: skip
        self.at_desk("handler").done(self.address("document.serve"), typed(made))

    @property
    def second(self) -> UUID:
        """The second officer."""
        return self.at_desk("second").person.id


def _register(s: PageStory) -> None:
    """The party is looked for from the clue's form, registered, and the draft is still there."""
    desk = s.at_desk("handler")
    shop = facts.shop()
    clue = typed(facts.clue("", s.on))
    sent = desk.do("/desk/cases/new/", clue, act="party")
    found = desk.get(sent.headers["Location"] + "&q=示例食品店")
    assert "没有找到这名当事人" in found
    form = {k: v for k, v in dataclasses.asdict(shop).items() if v}
    new = desk.post("/desk/parties/new/", {**form, "next": "/desk/cases/new/"})
    assert new.status_code == 302
    back = Forms(desk.get(new.headers["Location"])).with_field("f-summary")
    assert back["f-summary"] == clue["f-summary"], "what was typed before is still there"
    s.party = back["f-party"][0]
    assert s.party
    answer = desk.post("/desk/cases/new/", back | {"_act": ["perform"]})
    assert answer.status_code == 302
    s.case_id = UUID(answer.headers["Location"].split("/")[3])


def _submit(s: PageStory) -> None:
    address = f"/desk/cases/{s.case_id}/review/"
    page = s.at_desk("handler").get(address)
    assert all(name in page for name in REQUIRED_PAPERS)
    s.at_desk("handler").done(address, {"s-note": ["提请法制审核。"]})


def _conclude(s: PageStory, conclusion: Conclusion, problem: Point | None = None) -> None:
    filled = {f"o-{p.value}": ["pass"] for p in Point} | {"o-transfer": ["not_applicable"]}
    if problem is not None:
        filled |= {f"o-{problem.value}": ["problem"], f"o-{problem.value}-opinion": ["缺少凭证。"]}
    filled |= {"o-conclusion": [conclusion.value], "o-advice": ["事实清楚，证据充分，程序合法。"]}
    address = f"/desk/reviews/{s.review_id()}/"
    s.at_desk("reviewer").done(address, filled, act="conclude")


def _archive(s: PageStory) -> None:
    s.at_desk("archivist").done(s.address("archive.file"), {"f-checked": ["文书齐全，页号连续。"]})


OTHERWISE: dict[str, Callable[[PageStory], None]] = {
    "登记案源": _register,
    "首次送审": _submit,
    "审核退回": lambda s: _conclude(s, Conclusion.SUPPLEMENT, Point.FACTS),
    "再次送审": _submit,
    "审核通过": lambda s: _conclude(s, Conclusion.AGREE),
    "归档": _archive,
}


def _play(s: PageStory, scene: Scene) -> None:
    morning = clock.at(scene.on)
    if morning > clock.now():
        clock.advance(to=morning)
    else:
        clock.advance(timedelta(minutes=20))
    s.on = scene.on
    otherwise = OTHERWISE.get(scene.title)
    (otherwise or scene.act)(s)  # type: ignore[arg-type]
    readers.catch_up()
    effectruns.run_owed()


def test_the_whole_case_is_worked_through_the_pages_alone(city: None, at_desk: AtDesk) -> None:
    s = PageStory(at_desk)
    with clock.scenario(clock.at(s.on)):
        for scene in ALL:
            _play(s, scene)
        case = Case.objects.select_related("matter").get(matter_id=s.case_id)
        done = {d.step for d in s.standing().history}
        page = at_desk("head").get(s.address())
    assert case.case_no
    assert case.decided_on is not None
    assert case.closed_on is not None
    assert {"decision.approve", "document.serve", "payment.record", "archive.file"} <= done
    assert s.standing().count("review.submit") == 2
    assert Review.objects.filter(state=Review.State.PASSED).count() == 1
    assert "本案已经办结" in page
    assert not TodoItem.objects.filter(matter_id=s.case_id).exists()
    assert not ledger.verify().faults
