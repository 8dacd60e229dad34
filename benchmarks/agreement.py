"""How far the parsed level agrees with the languages' own parsers: snippets, broken on purpose.

    python benchmarks/agreement.py [MUTANTS] [LANGUAGE…]

Each mutant is a snippet that lost one punctuation character. `missed` are those that the real
parser alone refuses, `false` those that tree-sitter alone refuses; both are listed.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import string
import subprocess
import sys
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from callsheet.verify import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SPECS = ("spec/clawdrouter.yaml", "tests/specs/shapes.yaml")

NODE = """
const fs = require("fs"), vm = require("vm");
for (const file of process.argv.slice(1)) {
  try { new vm.SourceTextModule(fs.readFileSync(file, "utf8")); }
  catch (error) { if (error instanceof SyntaxError) console.log(file); }
}
"""
PHP = """
foreach (array_slice($argv, 1) as $file) {
  try { token_get_all(file_get_contents($file), TOKEN_PARSE); }
  catch (ParseError $error) { echo "$file\\n"; }
}
"""
RUBY = """
$stderr = File.open(File::NULL, "w")
ARGV.each do |file|
  RubyVM::InstructionSequence.compile(File.read(file, encoding: "UTF-8"))
rescue SyntaxError
  puts file
end
"""
STOP = ["-XDshould-stop.ifError=PARSE", "-XDshould-stop.ifNoError=PARSE"]


def snippets(language: str) -> Iterator[str]:
    """Every snippet of both specs, through every client of a language."""
    names = tuple(f"{language}/{key}" for key in clients.of_language(language))
    for spec in SPECS:
        made = sheet(load(ROOT / spec, catalog=clients.catalog()), Options(clients=names))
        for group in made.snippets.values():
            yield from (snippet.text for snippet in group)


def mutants(texts: list[str], count: int) -> list[str]:
    """Texts with one punctuation character less; the same ones each time."""
    chance = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        text = chance.choice(texts)
        at = chance.choice([i for i, char in enumerate(text) if char in string.punctuation])
        found[text[:at] + text[at + 1 :]] = None
    return list(found)


def python(files: list[str]) -> set[str]:
    refused = set()
    warnings.simplefilter("ignore")
    for file in files:
        try:
            compile(Path(file).read_text(), file, "exec")
        except SyntaxError:
            refused.add(file)
    return refused


def said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def named(*command: str) -> Callable[[list[str]], set[str]]:
    """A tool that prints the names of the files that it refuses."""
    return lambda files: set(re.findall(r"\S+/\d+\.\w+", said(*command, *files)))


def shell(files: list[str]) -> set[str]:
    return {f for f in files if subprocess.run(["bash", "-n", f], capture_output=True).returncode}  # noqa: PLW1510


def java(files: list[str]) -> set[str]:
    command = ["javac", "-proc:none", "-Xmaxerrs", "9999", *STOP]
    return set(re.findall(r"(\S+/\d+\.\w+):\d+: error", said(*command, *files)))


def csharp(files: list[str]) -> set[str]:
    """Roslyn itself, which ends after the syntax where that has faults."""
    dotnet = Path(os.path.realpath(shutil.which("dotnet") or "dotnet"))
    compilers = sorted(dotnet.parent.glob("sdk/*/Roslyn/bincore/csc.dll"))
    report = said("dotnet", str(compilers[-1]), "-nologo", "-noconfig", *files)
    return set(re.findall(r"(\S+/\d+\.\w+)\(\d+,\d+\): error", report))


REAL = {
    "curl": shell,
    "python": python,
    "node": named("node", "--no-warnings", "--experimental-vm-modules", "-e", NODE),
    "go": named("gofmt", "-e", "-l"),
    "java": java,
    "php": named("php", "-r", PHP),
    "ruby": named("ruby", "-e", RUBY),
    "csharp": csharp,
}


def compare(key: str, count: int) -> tuple[dict[str, object], dict[str, list[str]]]:
    """Figures of a language, and the mutants that the two do not agree on."""
    language = languages.get(key)
    whole = list(snippets(key))
    parse.findings(language.grammar, whole[0])  # loads the grammar
    start = time.perf_counter()
    refused = [text for text in whole if parse.findings(language.grammar, text)]
    cost = (time.perf_counter() - start) / len(whole)
    suffix = Path(language.runtime.file).suffix
    with TemporaryDirectory() as folder:
        broken = {
            f"{folder}/{number}{suffix}": text for number, text in enumerate(mutants(whole, count))
        }
        for file, text in broken.items():
            Path(file).write_text(text)
        real = REAL[key](list(broken))
    ours = {file for file, text in broken.items() if parse.findings(language.grammar, text)}
    lists = {
        "missed": [broken[file] for file in sorted(real - ours)],
        "false": [broken[file] for file in sorted(ours - real)],
    }
    row = {
        "language": key,
        "µs": round(cost * 1e6),
        "snippets": len(whole),
        "refused": len(refused),
        "mutants": count,
        "real": len(real),
        "ours": len(ours),
    }
    return row | {name: len(texts) for name, texts in lists.items()}, lists


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    for key in sys.argv[2:] or languages.keys():
        row, lists = compare(key, count)
        print(json.dumps(row, ensure_ascii=False))
        for name, texts in lists.items():
            for text in texts:
                print(f"--- {name}\n{text}", file=sys.stderr)


if __name__ == "__main__":
    main()
