"""The five best-known generators and callsheet, on one corpus: a table, and a list of failures.

    python -m benchmarks.exactness [--peer P] [--language L] [--case GLOB] [--every-target]

Rewrites `results.md`, and the table in README.md, where all was measured; else prints the table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.exactness import convert, report
from benchmarks.exactness.peers import OWN, PEERS
from benchmarks.exactness.report import Result, Row
from benchmarks.exactness.trials import HERE, Program, tried
from benchmarks.exactness.wrap import wrapped

from callsheet import clients, languages
from callsheet.options import Options
from callsheet.render import Snippet
from callsheet.sheet import sheet
from callsheet.spec.read import load
from callsheet.verify.authority import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.exactness.peers import Peer, Target

    from callsheet.clients import Client
    from callsheet.request import Request
    from callsheet.sheet import Sheet

#: What stands for the secrets in the generators' programs, since those read no environment.
_VALUES = {"SHOP_TOKEN": "sk-shop-1f8Qk2", "SHOP_USER": "ada", "SHOP_PASSWORD": 'it\'s "p@ss":1'}


def main() -> None:
    """Measures, and writes down what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", default="*", help="`callsheet` is one as well")
    parser.add_argument("--language", default="*")
    parser.add_argument("--case", default="*")
    parser.add_argument("--every-target", action="store_true", help="those that did no better, too")
    given = parser.parse_args()
    start = time.monotonic()
    own = tuple(f"{each.key}/{OWN.get(each.key, each.client)}" for each in languages.every())
    made = sheet(load(HERE / "corpus.yaml", catalog=clients.catalog()), Options(clients=own))
    requests = {
        name: convert.literal_request(request, _VALUES)
        for name, request in made.requests.items()
        if fnmatchcase(name, given.case)
    }
    rows = [
        row for row in _rows(made, requests, given) if fnmatchcase(row.language, given.language)
    ]
    results = sorted(_measured(rows), key=lambda result: rows.index(result.row))
    whole = (given.peer, given.language, given.case, given.every_target) == ("*", "*", "*", False)
    seconds = time.monotonic() - start
    report.write(results, len(requests), seconds) if whole else report.show(results, len(requests))


def _rows(made: Sheet, requests: dict[str, Request], given: argparse.Namespace) -> Iterator[Row]:
    """The programs of each generator and language."""
    if fnmatchcase("callsheet", given.peer):
        yield from _own(made, requests)
    if given.peer == "input":
        yield _input(requests)
    chosen = [
        (peer, target)
        for peer in PEERS
        if fnmatchcase(peer.key, given.peer)
        for target in (*peer.targets, *(peer.others if given.every_target else ()))
    ]
    texts = generated(chosen, requests)
    for peer, target in chosen:
        language, client = languages.get(target.language), _client(target)
        programs, none = {}, {}
        for case, job in texts[peer.key, target.words].items():
            if "error" in job:
                none[case] = job["error"]
                continue
            text = job["text"]
            snippet = Snippet(case, language, client, text, requests[case])
            programs[case] = Program(snippet, wrapped(target.language, target.client, text))
        warnings = {
            case: job.get("warnings", []) for case, job in texts[peer.key, target.words].items()
        }
        yield Row(peer.key, target.language, target.name, programs, none, warnings)


def _own(made: Sheet, requests: dict[str, Request]) -> Iterator[Row]:
    """Callsheet's own snippets, which are judged whole."""
    for language in languages.every():
        found = {
            snippet.example: Program(snippet, snippet.text, whole=True)
            for group in made.snippets.values()
            for snippet in group
            if snippet.language is language and snippet.example in requests
        }
        none = {case: "it says that it cannot" for case in requests if case not in found}
        client = OWN.get(language.key, language.client)
        yield Row("callsheet", language.key, client, found, none, {})


def _input(requests: dict[str, Request]) -> Row:
    """What curlconverter is given, run as it is: whether the input is faithful."""
    language, client = languages.get("curl"), clients.of_language("curl")["curl"]
    programs = {}
    for case, request in requests.items():
        text = f"{convert.curl(request)}\n"
        programs[case] = Program(Snippet(case, language, client, text, request), text)
    return Row("input", "curl", "convert.curl", programs, {}, {})


def _client(target: Target) -> Client:
    return clients.of_language(target.language)[target.client]


def generated(
    chosen: Sequence[tuple[Peer, Target]], requests: dict[str, Request]
) -> dict[tuple[str, tuple[str, ...]], dict[str, dict[str, Any]]]:
    """What each generator's own API returns: (its key, the target's words) → case → the answer."""
    inputs = {
        case: {
            "har": convert.har(request, HERE),
            "postman": convert.postman(request),
            "curl": convert.curl(request),
        }
        for case, request in requests.items()
    }
    jobs = [
        {"peer": peer.key, "words": target.words, "options": dict(target.options), "case": case}
        for peer, target in chosen
        for case in requests
    ]
    done = subprocess.run(
        ["node", str(HERE / "generate.mjs")],
        input=json.dumps({"jobs": jobs, "inputs": inputs}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[tuple[str, tuple[str, ...]], dict[str, dict[str, Any]]] = {}
    for job in json.loads(done.stdout):
        found.setdefault((job["peer"], tuple(job["words"])), {})[job["case"]] = job
    return found


def _measured(rows: Sequence[Row]) -> Iterator[Result]:
    """Two rows at a time, the slowest first."""
    slow = ["node", "java", "csharp", "go", "ruby"]
    order = sorted(rows, key=lambda row: row.language not in slow)
    with tempfile.TemporaryDirectory(prefix="callsheet-") as folder, ThreadPoolExecutor(2) as pool:
        authority = Authority(Path(folder))
        for result in pool.map(lambda row: _result(row, authority), order):
            print(f"{result.row.peer} {result.row.target}: {result.line}", file=sys.stderr)
            yield result


def _result(row: Row, authority: Authority) -> Result:
    cases = list(row.programs)
    found = tried(list(row.programs.values()), authority)
    return Result(row, {cases[index]: each for index, each in found.items()})


if __name__ == "__main__":
    main()
