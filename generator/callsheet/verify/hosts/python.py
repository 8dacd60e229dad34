"""A batch host (see `batch/host.py`) for Python programs that make the same imports: it forks.

What it imports for itself, its programs find loaded: so it imports little.
"""

import atexit
import gc
import os
import sys

TYPE_CHECKING = False  # `typing` would be loaded for it
if TYPE_CHECKING:
    from types import ModuleType

#: Names of the modules that the first program loaded while it ran: what its libraries need late.
_LEARNED = os.path.abspath("learned")


def serve(imports: str, orders: int, answers: int) -> None:
    """Carries out orders, each in a fork, until there are none."""
    exec(compile(imports, "<imports>", "exec", dont_inherit=True), {"__name__": "__imports__"})
    gc.collect()
    gc.freeze()
    os.write(answers, b"0\n")
    learn = True
    for line in os.fdopen(os.dup(orders), "rb"):
        _, folder, file, *settings = os.fsdecode(line).rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            os.close(orders)
            os.close(answers)
            os._exit(_run(folder, file, settings))
        _, status = os.waitpid(child, 0)
        if learn:
            _learn()
            learn = False
        word = "\tspent" if _leaves_children() else ""
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}{word}\n".encode())


def _run(folder: str, file: str, settings: list[str]) -> int:
    """Runs a program to its end, as this process; its status."""
    os.setsid()
    os.environ.clear()
    for setting in settings:
        name, _, value = setting.partition("=")
        os.environ[name] = value
    os.chdir(folder)
    sys.argv[:], sys.path[0] = [file], folder
    module = type(sys)("__main__")
    module.__dict__.update(__file__=os.path.join(folder, file), __builtins__=__builtins__)
    sys.modules["__main__"] = module
    known = set(sys.modules)
    status = _status(module)
    if not os.path.exists(_LEARNED):  # this is the first
        with open(_LEARNED, "w", encoding="utf-8") as learned:
            learned.write("\n".join(set(sys.modules) - known))
    return status


def _status(module: "ModuleType") -> int:
    file = str(module.__file__)
    status = 0
    try:
        try:
            with open(file, "rb") as source:
                code = compile(source.read(), file, "exec", dont_inherit=True)
            exec(code, module.__dict__)
        except SystemExit as end:
            status = _exit_status(end.code)
        except BaseException as error:
            status = 1
            trace = error.__traceback__
            sys.excepthook(type(error), error, trace and trace.tb_next)
        threading = sys.modules.get("threading")
        if threading:
            threading._shutdown()  # waits for its threads
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        return status or 120
    return status


def _exit_status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _learn() -> None:
    """Loads what the first program loaded, so that it is there for those after it."""
    try:
        with open(_LEARNED, encoding="utf-8") as learned:
            names = learned.read().split("\n")
    except OSError:  # it did not end by itself
        return
    for name in names:
        if name and name not in sys.modules:
            try:
                __import__(name)
            except BaseException:
                continue
    gc.freeze()


def _leaves_children() -> bool:
    """Whether a program left processes behind, which this one has adopted."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


if __name__ == "__main__":
    serve(sys.argv[-3], int(sys.argv[-2]), int(sys.argv[-1]))
