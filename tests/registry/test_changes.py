"""Two people change a register: one proposes, another approves, and only then it holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from zhifa.accounts.models import Person
from zhifa.kernel import ledger
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.law import range_words
from zhifa.law.cite import Cite
from zhifa.law.sources import XF
from zhifa.registry import knobs, selectors, services
from zhifa.registry.drafts import DraftWrong, PowerDraft, differences, draft_of, read
from zhifa.registry.models import BenchmarkEdition, ChangeProposal, Power, RegisterStream

TODAY = date(2026, 11, 24)
NEXT = TODAY + timedelta(days=7)
FIRE, MARKET = "511802-xfjy", "511800-scjg"
pytestmark = pytest.mark.usefixtures("seeded")


def who(username):
    return Person.objects.get(username=username).id


def dearer(code="fire.exit", text="5000元以上30000元以下"):
    draft = draft_of(Power.objects.get(code=code))
    return replace(draft, fine=range_words.read(text, draft.fine.cites))


def propose(draft=None, **changed):
    given = {
        "drafts": [draft or dearer()], "keeper": FIRE, "valid_from": NEXT, "reason": "按新标准调整",
        "on": TODAY, "by": who("xf-review-head"),
    } | changed  # fmt: skip
    return services.propose_powers(**given)


def approve(row, by="xf-agency-head1", on=TODAY):
    return services.approve_change(proposal_id=row.id, on=on, by=who(by), opinion="同意。")


def stream(register, agency=FIRE):
    return RegisterStream.objects.get(register=register, agency_code=agency).stream_id


def test_a_proposal_changes_nothing_until_another_person_approves_it():
    row = propose()
    assert selectors.power("fire.exit", NEXT).fine.bands[0].max_fen == 5_000_000
    approve(row)
    assert selectors.power("fire.exit", NEXT - timedelta(days=1)).fine.bands[0].max_fen == 5_000_000
    assert selectors.power("fire.exit", NEXT).fine.bands[0].max_fen == 3_000_000
    assert [v.version for v in Power.objects.filter(code="fire.exit").order_by("version")] == [1, 2]


def test_each_step_is_an_event_and_publishing_bears_the_same_act():
    row = approve(propose())
    proposed, approved = ledger.events(stream("changes"))
    published = ledger.events(stream("powers"))[-1]
    assert [e.kind for e in (proposed, approved)] == ["change.proposed", "change.approved"]
    assert published.kind == "power.published"
    assert published.act_id == approved.act_id
    assert published.actor_id == who("xf-agency-head1")
    assert proposed.data["digest"] == approved.data["digest"]
    assert "按新标准调整" not in proposed.body
    assert (row.state, row.decided_on) == ("approved", TODAY)


@pytest.mark.parametrize(
    ("username", "why"),
    [
        ("xf-officer1", "法制审核机构负责人提出"),
        ("xf-agency-head1", "法制审核机构负责人提出"),
        ("ya-review-head", "法制审核机构负责人提出"),
    ],
)
def test_only_the_head_of_review_of_the_keeping_agency_proposes(username, why):
    with pytest.raises(NotPermitted, match=why):
        propose(by=who(username))
    assert not ChangeProposal.objects.exists()


@pytest.mark.parametrize(
    ("username", "why"),
    [
        ("xf-review-head", "两个人分别办理"),
        ("xf-officer1", "负责人办理"),
        ("ya-agency-head1", "负责人办理"),
    ],
)
def test_nobody_approves_their_own_proposal_nor_without_the_duty(username, why):
    row = propose()
    with pytest.raises(NotPermitted, match=why):
        approve(row, username)
    assert Power.objects.filter(code="fire.exit").count() == 1


def test_the_database_itself_refuses_that_one_person_does_both():
    row = propose()
    with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
        ChangeProposal.objects.filter(id=row.id).update(
            state="approved", decided_by=row.proposed_by, decided_on=TODAY
        )


def test_a_proposal_is_decided_once():
    row = approve(propose())
    with pytest.raises(WrongStep, match="已发布"):
        approve(row)
    with pytest.raises(WrongStep, match="已发布"):
        services.withdraw_change(proposal_id=row.id, on=TODAY, by=who("xf-review-head"))
    assert Power.objects.filter(code="fire.exit").count() == 2


def test_what_comes_back_says_why_and_leaves_the_list_alone():
    row = propose()
    with pytest.raises(BadInput, match="写明理由"):
        services.return_change(proposal_id=row.id, opinion=" ", on=TODAY, by=who("xf-agency-head2"))
    services.return_change(
        proposal_id=row.id, opinion="依据不足", on=TODAY, by=who("xf-agency-head2")
    )
    row.refresh_from_db()
    assert (row.state, row.opinion) == ("returned", "依据不足")
    assert Power.objects.filter(code="fire.exit").count() == 1
    assert propose().state == "open"


def test_only_who_proposed_takes_it_back():
    row = propose()
    with pytest.raises(NotPermitted):
        services.withdraw_change(proposal_id=row.id, on=TODAY, by=who("xf-agency-head1"))
    services.withdraw_change(proposal_id=row.id, on=TODAY, by=who("xf-review-head"))
    assert ChangeProposal.objects.get(id=row.id).state == "withdrawn"


def test_one_power_has_one_open_proposal():
    propose()
    with pytest.raises(WrongStep, match="待审核"):
        propose()


def test_what_moved_meanwhile_is_not_approved_over():
    row = propose()
    rule = selectors.power("fire.exit", TODAY)
    services.publish_power(
        rule=rule, keeper=FIRE, valid_from=TODAY + timedelta(days=1), on=TODAY, by=None
    )
    with pytest.raises(WrongStep, match="已经变更"):
        approve(row)


def test_a_day_that_has_gone_by_is_proposed_anew():
    row = propose()
    with pytest.raises(WrongStep, match="已经过去"):
        approve(row, on=NEXT + timedelta(days=1))
    with pytest.raises(BadInput) as no:
        propose(dearer("fire.lane"), valid_from=TODAY - timedelta(days=1))
    assert no.value.field == "valid_from"


def test_another_agencys_power_is_not_changed_by_this_one():
    with pytest.raises(NotPermitted, match="其他机关编制"):
        propose(draft_of(Power.objects.get(code="food.label")))


def test_an_article_that_is_not_there_is_not_proposed():
    with pytest.raises(BadInput, match="没有第九百条"):
        propose(replace(dearer(), penalty=(XF(900),)))
    with pytest.raises(BadInput, match="第六十条没有第九款"):
        propose(replace(dearer(), violated=(XF(60, 9),)))


def test_a_proposal_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        approve(ChangeProposal(id=who("xf-officer1")))


# --- words ---------------------------------------------------------------------------------------


def test_every_power_reads_back_from_its_words():
    for row in Power.objects.order_by("code", "version"):
        draft = draft_of(row)
        again = read(draft.words())
        assert again.as_json() == draft.as_json(), row.code
        assert PowerDraft.parse(draft.as_json()) == draft
        assert differences(draft, again) == []


def test_every_column_that_is_wrong_is_named_at_once():
    with pytest.raises(DraftWrong) as no:
        read(
            {
                "code": "Fire Exit", "name": "堵", "field": "防火", "violated": "无此法第一条",
                "penalty": "", "kinds": "罚酒", "fine": "很多钱", "fine_cites": "消防法第六十条",
                "levels": "省级", "conditions": "长" * 301,
            }
        )  # fmt: skip
    wrong = {column for column, _ in no.value.errors}
    assert wrong == {
        "code", "name", "field", "violated", "penalty", "kinds", "fine", "levels", "conditions",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("食品安全法第三十四条第十项", "FS:34::10"),
        ("《中华人民共和国食品安全法》第一百二十四条第一款第（五）项", "FS:124:1:5"),
        ("FS:34::10", "FS:34::10"),
        ("消防法第60条第1款第3项", "XF:60:1:3"),
        ("四川省食品小作坊、小经营店及摊贩管理条例", "SCXZ:0"),
    ],
)
def test_a_citation_is_read_as_people_write_it(words, key):
    draft = read(draft_of(Power.objects.get(code="fire.exit")).words() | {"violated": words})
    assert draft.violated == (Cite.parse(key),)


# --- benchmarks ----------------------------------------------------------------------------------


def edition(code="example.fire-exit"):
    return BenchmarkEdition.objects.get(code=code)


def offer(content, **changed):
    given = {
        "content": content, "keeper": FIRE, "valid_from": NEXT, "reason": "按新标准调整",
        "on": TODAY, "by": who("xf-review-head"),
    } | changed  # fmt: skip
    return services.propose_benchmark(**given)


def test_one_turn_of_a_bound_moves_it_in_every_tier_and_leaves_no_gap():
    content = edition().content
    turned = knobs.turned(content, {"b.exits.below.3": "4"})
    row = offer(turned)
    approve(row)
    rule = selectors.power("fire.exit", NEXT)
    assert str(rule.benchmark).count("value=4") >= 2
    assert edition_on(NEXT).valid_from == NEXT
    assert edition_on(TODAY).content == content


def edition_on(day):
    return BenchmarkEdition.objects.filter(
        code="example.fire-exit", valid_from__lte=day
    ).latest("valid_from")  # fmt: skip


def test_a_benchmark_with_a_gap_is_not_even_proposed():
    content = knobs.turned(edition().content, {})
    content["tiers"][-1]["when"]["any"].pop()
    with pytest.raises(BadInput, match="没有适用的档次"):
        offer(content)
    content["tiers"][-1]["when"]["any"].append({"factor": "crowded", "in": ["nonsense"]})
    with pytest.raises(BadInput):
        offer(content)
    assert not ChangeProposal.objects.exists()


def test_a_knob_takes_no_nonsense_and_names_itself():
    for name, typed in (("o.light.low", "abc"), ("o.light.high", "101"), ("b.exits.below.3", "-1"),
                        ("title", ""), ("b.exits.below.3", "1e999")):  # fmt: skip
        with pytest.raises(knobs.KnobWrong) as no:
            knobs.turned(edition().content, {name: typed})
        assert no.value.name == name


def test_the_difference_of_two_editions_is_told_in_words():
    content = edition().content
    turned = knobs.turned(content, {"o.light.high": "20", "o.general.low": "20"})
    told = knobs.differences(content, turned)
    assert ("“违法情节较轻”的幅度", "0%至30%，取值点0", "0%至20%，取值点0") in told
    assert len(told) == 2


def test_money_bounds_are_turned_in_yuan():
    content = BenchmarkEdition.objects.get(code="example.expired-food").content
    bound = next(k for k in knobs.knobs(content) if k.name == "b.goods_value_fen.below.200000")
    assert (bound.value, bound.unit) == ("2000", "元")
    turned = knobs.turned(content, {bound.name: "3000.50"})
    assert "300050" in str(turned)
    assert "200000," not in str(turned["tiers"])


def test_a_power_not_yet_known_may_be_proposed_by_who_keeps_the_field():
    draft = replace(dearer(), code="fire.example-new", name="示例新增事项")
    with pytest.raises(NotPermitted, match="其他机关编制"):
        propose(replace(draft, code="culture.example-new", field="culture"))
    approve(propose(draft))
    assert selectors.power("fire.example-new", NEXT).violated == draft.violated
    with pytest.raises(NotFound):
        selectors.power("fire.example-new", TODAY)
