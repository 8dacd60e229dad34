"""Java: one JVM compiles programs and runs them, each in a class loader of its own.

A JVM's libraries keep what they found when they were loaded, and its folder is the host's, into
which a program's own files are linked. So a program shares where all that it names is known to do
without processes, to ask a file for no more than its bytes, and to leave nothing behind that the
host would not see.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.cache import folder
from callsheet.verify.batch import Batch
from callsheet.verify.batch.host import PROGRAMS, hosted
from callsheet.verify.process import run
from callsheet.verify.runners import found, surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench

_SOURCE = PROGRAMS / "Host.java"
#: The lowest version of the JVM that may run it.
_RELEASE = "15"
#: It starts fast, collects in one thread and stays small. Where its memory is not enough, a signal
#: ends it, so that its program is run in a process of its own.
_OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xshare:auto",
    "-Xmx512m",
    "-XX:+CrashOnOutOfMemoryError",
    *(f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("io", "lang", "util")),
)

#: Comments and literals, which are no code.
_WORDS = re.compile(
    r"""//[^\n\r]* | /\*.*?\*/ | \"{3}(?:\\.|[^\\])*?\"{3}
    | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])+'""",
    re.DOTALL | re.VERBOSE,
)
#: Escapes that javac reads before all else, and that may begin or end the above.
_ESCAPED = re.compile(r"\\u+00(?:0[ad]|2[27af]|5c)", re.IGNORECASE)
#: Where a program begins in every version of Java.
_MAIN = re.compile(r"\bclass\s+Main\b.*\bpublic\s+static\s+void\s+main\s*\(\s*String\b", re.DOTALL)
#: Packages and types with their full names.
_NAMES = re.compile(r"\b(?:com|java|javax|jdk|netscape|org|sun)(?:\s*\.\s*(?:\w+|\*))+")
#: Those that know no processes, and of files no more than is looked at below.
_HARMLESS = re.compile(
    r"""java\.(?:
        io\.(?:(?:Buffered|ByteArray|Char|Data|Filter|Input|Output|String)\w+|Reader|Writer)
        | io\.(?:Closeable|File|PrintStream|\w+Exception)
        | lang\.[A-Z]\w*
        | math\.\w+
        | net\.(?:Authenticator|Cookie\w+|Http\w+|InetSocketAddress|PasswordAuthentication)
        | net\.(?:Proxy|ProxySelector|URI|URL|URLConnection|URLDecoder|URLEncoder|\w+Exception)
        | net\.http\.[\w*]+
        | nio\.(?:ByteBuffer|charset\.[\w*]+|file\.(?:Files|Paths?|Standard\w+Option))
        | text\.[\w*]+
        | time\.(?:[a-z]+\.)?[\w*]+
        | util\.(?:[A-Z]\w*|\*|(?:concurrent(?:\.\w+)?|function|regex|stream)\.[\w*]+)
    )(?:\.[\w*]+)* | javax\.crypto\.(?:Mac|spec\.SecretKeySpec)""",
    re.VERBOSE,
)
_FILES = re.compile(r"java\.(?:io\.File|nio\.file)\b")
#: Of a file, what shows where it lies, or does more than to read and to write it.
_PLACED = re.compile(
    r"""\bFiles\s*(?:\.|::)\s*(?!(?:copy|exists|new(?:In|Out)putStream|read\w+|size|write\w*)\b)
    | \b(?:createNewFile|delete\w*|get(?:Absolute|Canonical)\w*|getFileSystem|list\w*|mkdirs?
        |register|renameTo|set[ELRW]\w+|to(?:AbsolutePath|RealPath|UR[IL]|Ur[il]))\b""",
    re.VERBOSE,
)
#: What makes a thread, where a library's own threads are not looked at.
_THREADS = re.compile(r"Async|Completable|Executor|Thread|Timer|\b(?:enqueue|parallel\w*)\b")
#: What the above, and java.lang, can do to the whole JVM; what shows that it is not a new one; and
#: what may run on when the program has ended.
_SHARED = re.compile(
    r"""\bSystem\b(?!\s*(?:\.|::)\s*(?:arraycopy|currentTimeMillis|err|exit|getenv|identityHashCode
        |in|lineSeparator|nanoTime|out)\b)
    | \b(?:Class|Formatter|Module|ModuleLayer|Process\w*|Runtime|StackWalker|ThreadGroup)\b
    | \b(?:activeCount|completeOnTimeout|currentThread|delayedExecutor|enumerate|forName|getName
        |native|newWorkStealingPool|orTimeout|setAccessible|setDaemon|setFileNameMap)\b
    | \bget(?:AllStackTraces|Constructor|Declared|Field|Method|Module|Resource)\w*
    | \bset(?:Default(?:Allow|Use)\w+|\w*Factory)\b
    | ClassLoader | ForkJoin | Virtual""",
    re.VERBOSE,
)
#: What runs beside the program, and what waits for it.
_BESIDE, _WAITS = re.compile(r"\w+Async\b"), re.compile(r"\.\s*(?:get|join)\s*\(\s*\)")


def alike(snippet: Snippet) -> bool | None:
    """True for a program that can share a JVM with any other one; None for one that cannot."""
    text = snippet.text
    if _ESCAPED.search(text) or '"file:' in text or not _one_kit(os.environ.get("PATH")):
        return None
    code = _WORDS.sub(" ", text)
    if "\\" in code or _SHARED.search(code) or not _MAIN.search(code):
        return None
    if _BESIDE.search(code) and not _WAITS.search(code):
        return None
    if snippet.client.package and _THREADS.search(code):
        return None
    names = ["".join(name[0].split()) for name in _NAMES.finditer(code)]
    if any(map(_FILES.match, names)) and _PLACED.search(code):
        return None
    return True if all(map(_HARMLESS.fullmatch, names)) else None


@cache
def _one_kit(path: str | None) -> bool:
    """Whether the compiler on PATH is that of the JVM on PATH, which is what a host has."""
    tools = [shutil.which(name, path=path) for name in ("java", "javac")]
    return len({Path(tool).resolve().parent for tool in tools if tool}) == 1 and all(tools)


def _command(_: Sequence[Snippet], bench: Bench) -> tuple[str, ...]:
    classes = _compiled(bench)
    host = ("-cp", str(classes), _SOURCE.stem) if classes else (str(_SOURCE),)
    built, main = bench.command[-2].partition(os.pathsep)[0], bench.command[-1]
    return (bench.command[0], *_OPTIONS, *host, built, main, str(bench.links.get("lib", "")))


def _compiled(bench: Bench) -> Path | None:
    """The folder with the host's classes, made once; None where there cannot be one."""
    name = sha256(_SOURCE.read_bytes() + _RELEASE.encode()).hexdigest()[:16]
    place = folder().absolute() / "hosts" / f"java-{name}"
    if os.pathsep in str(place):  # it would be two folders
        return None
    with suppress(OSError):  # it cannot be written, or another process was first
        if not place.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
            _compile(bench, place)
    return place if place.is_dir() else None


def _compile(bench: Bench, place: Path) -> None:
    """Makes the folder all at once."""
    with tempfile.TemporaryDirectory(prefix=".", dir=place.parent) as part:
        settings = surroundings(bench, Path(part))
        made = Path(part, "made")
        words = [found(bench.build[0], settings), "--release", _RELEASE, "-d", str(made)]
        if run([*words, str(_SOURCE)], Path(part), settings).status == 0:
            made.rename(place)


BATCH = Batch(alike=alike, open=hosted(_command), least=3, seconds=3.0)
