"""Python programs that misbehave."""

from __future__ import annotations

from .harness import Table, end, without

TABLE = Table(
    "python",
    "response",
    {
        "an exit status": end("import sys\nsys.exit(3)\n"),
        "a message as its end": end("import sys\nsys.exit('no good')\n"),
        "a signal": end("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"),
        "an exception": end("raise ValueError('boom')\n"),
        "a syntax error": end("print((\n"),
        "an endless loop": end("while True:\n    pass\n"),
        "a thread": end(
            "import threading, time\n"
            "threading.Thread(target=lambda: (time.sleep(0.3), print('late'))).start()\n"
        ),
        "late output": end("import atexit\natexit.register(print, 'bye')\n"),
        "a missing import": without("import requests\n"),
        "an import that nobody made": end("import concurrent\nprint(concurrent.futures)\n"),
        "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
        "a changed global": end(
            "import builtins\nbuiltins.print = None\nrequests.post = None\nos.environ.clear()\n"
        ),
        "reading stdin": end("import sys\nprint('read', len(sys.stdin.read()))\n"),
        "3 MB of output": end("print('x' * 3_000_000)\n"),
        "a process that stays": end(
            "import subprocess\nsubprocess.Popen(['sleep', '300'], start_new_session=True)\n"
        ),
        "a folder that is gone": end("import shutil\nshutil.rmtree(os.getcwd())\n"),
        "a second call": end("requests.get('https://api.clawdrouter.example/')\n"),
        "another name": end("print(__name__, __file__.endswith('example.py'))\n"),
    },
    alone=frozenset({"a syntax error"}),
)
