"""The law room's words at the command line: ``zhifa term`` and ``zhifa law check``."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime

from zhifa.law import terms
from zhifa.law.calendar import CalendarNotCovered, WorkCalendar
from zhifa.law.check import Library, Report, check, load_all
from zhifa.law.cite import laws
from zhifa.law.terms import ExtensionNotAllowed, Suspension, SuspensionKind, Term, Unit, UnknownTerm

USAGE = """用法：
  zhifa term                                      列出全部期限代码
  zhifa term 代码 --start 日期 [--suspend 起..止[=种类]]... [--extend 数]... [--strict] [--json]
  zhifa law check [--on 日期] [--json]             核对全部规则的法律依据

日期写作 2026-03-02；按小时计算的期限写作 2026-03-02T09:30+08:00。
退出码：0 正常，1 核对不通过，2 输入有误。"""


class BadInput(ValueError):
    """What was typed cannot be used; names the field and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}：{reason}")


def main(argv: Sequence[str], library: Callable[[], Library | None] = lambda: None) -> int:
    """Answer one command; 0 when it succeeded, 1 when a check fails, 2 on bad input.

    ``library`` opens the statutes that ``law check`` looks texts up in; the room has none itself.
    """
    words = list(argv)
    try:
        match words:
            case ["term"]:
                return _list()
            case ["term", "-h" | "--help"] | ["law"] | ["law", "-h" | "--help"]:
                print(USAGE)
                return 0
            case ["term", code, *rest]:
                return _term(code, rest)
            case ["law", "check", *rest]:
                return _check(rest, library())
            case ["law", word, *_]:
                raise BadInput("law", f"不认识“{word}”，可用：check")
        raise BadInput("命令", "可用：term、law check")
    except BadInput as bad:
        print(f"输入有误：{bad}", file=sys.stderr)
        return 2


# --- term -------------------------------------------------------------------------------------


def _list() -> int:
    for code in terms.codes():
        term = terms.get(code)
        mark = "  待核实" if term.unconfirmed else ""
        who = term.addressee.label
        articles = "、".join(dict.fromkeys(c.short for c in term.cites))
        print(f"{code:<34}{term.title}  {term.measure}  {who}  {articles}{mark}")
    return 0


def _term(code: str, rest: list[str]) -> int:
    takes = {"--start": 1, "--suspend": 1, "--extend": 1, "--strict": 0, "--json": 0}
    given = _options(rest, takes)
    if len(given["--start"]) != 1:
        raise BadInput("--start", "应当填写一次起算日期，例如 --start 2026-03-02")
    try:
        start = _start(terms.get(code), given["--start"][0])
        term = terms.get(code, start.date() if isinstance(start, datetime) else start)
    except UnknownTerm as unknown:
        near = [c for c in terms.codes() if code and code != c and (code in c or c in code)]
        hint = f"，相近的有：{'、'.join(near)}" if near else "，运行 zhifa term 可列出全部代码"
        raise BadInput("代码", f"{unknown}{hint}") from None
    try:
        due = terms.compute(
            term,
            start,
            WorkCalendar.standard(),
            suspensions=[_span(s) for s in given["--suspend"]],
            extensions=[_number(n) for n in given["--extend"]],
            strict=bool(given["--strict"]),
        )
    except CalendarNotCovered as missing:
        raise BadInput("--strict", f"CalendarNotCovered：{missing}") from None
    except ExtensionNotAllowed as no:
        raise BadInput("--extend", str(no)) from None
    except OverflowError:
        raise BadInput("--start", "计算结果超出日期范围") from None
    if given["--json"]:
        print(json.dumps(due.as_json(), ensure_ascii=False))
        return 0
    end = due.due_at.isoformat() if due.due_at else due.due.isoformat()
    print(f"{due.title}：{end}" + ("（暂定）" if due.provisional else ""))
    for line in due.explain():
        print(f"  {line}")
    if term.note:
        print(f"  说明：{term.note}")
    return 0


def _options(rest: list[str], takes: dict[str, int]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {name: [] for name in takes}
    at = 0
    while at < len(rest):
        name, eq, value = rest[at].partition("=")
        if name not in takes:
            raise BadInput(name, f"不认识的选项，可用：{'、'.join(takes)}")
        if not takes[name]:
            if eq:
                raise BadInput(name, "这个选项不带值")
            given[name].append("yes")
        elif eq:
            given[name].append(value)
        elif at + 1 < len(rest):
            at += 1
            given[name].append(rest[at])
        else:
            raise BadInput(name, "缺少值")
        at += 1
    return given


def _day(field: str, text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise BadInput(field, f"“{text}”不是日期，应当写作 2026-03-02")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(field, f"“{text}”不是存在的日期") from None


def _start(term: Term, text: str) -> date | datetime:
    if term.unit is not Unit.HOUR:
        return _day("--start", text)
    example = "按小时计算的期限应当写作 2026-03-02T09:30+08:00"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("--start", f"“{text}”不是时刻，{example}") from None
    if at.tzinfo is None:
        raise BadInput("--start", f"“{text}”没有时区，{example}")
    return at


def _span(text: str) -> Suspension:
    days, _, kind = text.partition("=")
    since, dots, until = days.partition("..")
    if not dots:
        raise BadInput("--suspend", f"“{text}”应当写作 2026-04-01..2026-04-10")
    try:
        return Suspension(
            _day("--suspend", since),
            _day("--suspend", until),
            SuspensionKind(kind) if kind else None,
        )
    except BadInput:
        raise
    except ValueError as bad:
        kinds = "、".join(SuspensionKind)
        reason = str(bad) if "早于" in str(bad) else f"不认识的种类“{kind}”，可用：{kinds}"
        raise BadInput("--suspend", reason) from None


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise BadInput("--extend", f"“{text}”应当是延长的数量，例如 30")
    return int(text)


# --- law check --------------------------------------------------------------------------------


def _check(rest: list[str], library: Library | None) -> int:
    given = _options(rest, {"--on": 1, "--json": 0})
    on = _day("--on", given["--on"][0]) if given["--on"] else _newest_day()
    load_all()
    report = check(library, on)
    if given["--json"]:
        print(json.dumps(_report_json(report), ensure_ascii=False))
    else:
        _print(report)
    return 0 if report.passes else 1


def _newest_day() -> date:
    """Without a day: when the newest law of our table came into force; the room has no clock."""
    return max(entry.current.in_force_from for entry in laws().values())


def _report_json(report: Report) -> dict[str, object]:
    return {
        "on": report.on.isoformat(),
        "passes": report.passes,
        "text_checked": report.text_checked,
        "by_kind": report.by_kind,
        "by_grade": {g.value: n for g, n in report.by_grade.items()},
        "unconfirmed": list(report.unconfirmed),
        "problems": [
            {"kind": p.kind, "where": p.where, "message": p.message} for p in report.problems
        ],
    }


def _print(report: Report) -> None:
    print(f"核对日期：{report.on.isoformat()}")
    print("声明：" + "，".join(f"{kind} {n}" for kind, n in report.by_kind.items()))
    print("引用：" + "，".join(f"{g.label} {n}" for g, n in report.by_grade.items()))
    if report.unconfirmed:
        print(f"标明待核实的规则 {len(report.unconfirmed)} 项：{'、'.join(report.unconfirmed)}")
    if not report.text_checked:
        print("没有找到法规库，未核对原文")
    for p in report.problems:
        print(f"不通过：{p.where}：{p.message}")
    print("核对通过" if report.passes else f"核对不通过：{len(report.problems)}处")
