"""Results to the table of README.md, and to `results.md`, in which each failure is named."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.exactness.peers import PEERS
from benchmarks.exactness.trials import HERE

from callsheet import languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.exactness.trials import Found, Program

    from callsheet.verify.differences import Difference

_README = HERE.parents[1] / "README.md"
_RESULTS = HERE / "results.md"
_MARKS = "<!-- table:exactness -->", "<!-- /table:exactness -->"
_COUNTS = ("matched", "as pasted", "wrong call", "no call", "injected")
#: What is different at each run.
_PASSING = (
    (re.compile(r"(?:file://)?/\S*?\bcallsheet-\w+/\w+/?"), ""),
    (re.compile(r"boundary=[^'\"\s,]+"), "boundary=…"),
    (re.compile(r"\bport \d+|127\.0\.0\.1:\d+"), "127.0.0.1"),
)
_ERRORS = (re.compile("(?:error|exception)[^:]{0,50}: ", re.IGNORECASE), re.compile("Failed"))
#: Characters of a difference that are shown.
_LONGEST = 160


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One generator and language.

    Attributes:
        peer: The generator's key.
        language: Key of callsheet's language.
        target: The generator's word for it.
        programs: Case → program.
        none: Case → why there is none.
        warnings: Case → what the generator said itself.
    """

    peer: str
    language: str
    target: str
    programs: Mapping[str, Program]
    none: Mapping[str, str]
    warnings: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a row's programs did, by case."""

    row: Row
    found: Mapping[str, Found]

    @property
    def matched(self) -> int:
        """Programs that made exactly the declared call, completed or not."""
        return sum(each.matched for each in self.found.values())

    @property
    def pasted(self) -> int:
        """Those that did it as they were generated."""
        return sum(each.matched and each.pasted for each in self.found.values())

    @property
    def wrong(self) -> int:
        """Those that made another call."""
        return sum(each.called and not each.matched for each in self.found.values())

    @property
    def silent(self) -> int:
        """Those that made none."""
        return sum(not each.called for each in self.found.values())

    @property
    def injected(self) -> int:
        """Those that ran or interpolated a text of the payload."""
        return sum(bool(each.injected) for each in self.found.values())

    @property
    def line(self) -> str:
        """All of it, for a log."""
        counts = f"{self.pasted} as pasted, {self.wrong} wrong, {self.silent} silent"
        return (
            f"{self.matched} matched, {counts}, {self.injected} injected, {len(self.row.none)} none"
        )


def write(results: Sequence[Result], cases: int, seconds: float) -> None:
    """Rewrites `results.md`, and the table in README.md where it has the marks for it."""
    made = "\n".join(table(results, cases))
    page = re.sub("\n{3,}", "\n\n", "\n".join(_page(results, made)))
    _RESULTS.write_text(page, "utf-8")
    begin, end = _MARKS
    text = _README.read_text("utf-8")
    if begin in text:
        before, _, rest = text.partition(begin)
        _README.write_text(f"{before}{begin}\n{made}\n{end}{rest.partition(end)[2]}", "utf-8")
    print(f"{made}\n\n{seconds:.0f} s; the failures are in {_RESULTS}")


def show(results: Sequence[Result], cases: int) -> None:
    """Prints the table and the failures."""
    print("\n".join([*table(results, cases), *_failures(results)]))


def table(results: Sequence[Result], cases: int) -> Iterator[str]:
    """One row for each generator, one column for each language."""
    used = {result.row.language for result in results}
    columns = [each for each in languages.every() if each.key in used]
    titles = " | ".join(each.title for each in columns)
    yield f"| {cases} calls each | {titles} | {' | '.join(_COUNTS)} |"
    yield f"| --- |{' ---: |' * (len(columns) + len(_COUNTS))}"
    for key, title in _titles():
        own = {result.row.language: result for result in results if result.row.peer == key}
        if own:
            cells = " | ".join(
                str(own[each.key].matched) if each.key in own else "-" for each in columns
            )
            yield f"| {title} | {cells} | {_sums(list(own.values()), cases)} |"


def _sums(results: Sequence[Result], cases: int) -> str:
    total = cases * len(results)
    matched, pasted = (
        f"{count} of {total} ({100 * count / total:.1f} %)"
        for count in (sum(each.matched for each in results), sum(each.pasted for each in results))
    )
    wrong, injected = sum(each.wrong for each in results), sum(each.injected for each in results)
    silent = sum(each.silent + len(each.row.none) for each in results)
    return f"{matched} | {pasted} | {wrong} | {silent} | {injected}"


def _titles() -> Iterator[tuple[str, str]]:
    """Generators with their versions, callsheet first."""
    yield "callsheet", "**callsheet**"
    yield "input", "what curlconverter is given"
    for peer in PEERS:
        file = HERE / "node_modules" / peer.package / "package.json"
        yield peer.key, f"{peer.package} {json.loads(file.read_text())['version']}"


def _page(results: Sequence[Result], made: str) -> Iterator[str]:
    yield "# What arrived where it was not the declared call"
    yield ""
    yield "Written by `make bench-exactness`; [README.md](README.md) says how."
    yield ""
    yield made
    yield from _failures(results)
    yield ""


def _failures(results: Sequence[Result]) -> Iterator[str]:
    for key, title in _titles():
        own = [result for result in results if result.row.peer == key]
        if own:
            yield f"\n## {title.strip('*')}"
        for result in own:
            yield f"\n### {result.row.language}, `{result.row.target}`: {result.line}\n"
            yield from _lines(result)


def _lines(result: Result) -> Iterator[str]:
    for case, reason in result.row.none.items():
        yield f"- `{case}`: no program: {reason}"
    for case, each in sorted(result.found.items()):
        if each.matched:
            continue
        if each.called:
            said = "; ".join(_told(difference) for difference in each.differences[:2])
        else:
            said = f"no call: {_short(_complaint(each.said))}"
        marks = f" **injected:** {_code(', '.join(each.injected))}" if each.injected else ""
        told = "".join(f" (it warned: {text})" for text in result.row.warnings.get(case, ())[:1])
        yield f"- `{case}`: {said}{marks}{told}"


def _complaint(text: str) -> str:
    """The line of a complaint that says most: one that names an error, else the first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = (line for pattern in _ERRORS for line in lines if pattern.search(line))
    return next(named, "".join(lines[:1]))


def _told(found: Difference) -> str:
    expected, actual = (_cut(text, _LONGEST // 2) for text in (found.expected, found.actual))
    return _short(f"{found.what}: expected {expected}, got {actual}")


def _short(text: str) -> str:
    for pattern, word in _PASSING:
        text = pattern.sub(word, text)
    return _code(_cut(text, _LONGEST * 2))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _code(text: str) -> str:
    """Text as Markdown code, whatever backticks it holds."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{fence}{space}{' '.join(text.split())}{space}{fence}"
