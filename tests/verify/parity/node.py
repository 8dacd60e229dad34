"""Node.js programs that misbehave."""

from __future__ import annotations

from .harness import Table, end, instead

TABLE = Table(
    "node",
    "response",
    {
        "an exit status": end("process.exit(3);\n"),
        "an exit status that is set": end("process.exitCode = 4;\n"),
        "an exit status that is too large": end("process.exitCode = 260;\n"),
        "an exit status and an error": end("process.exitCode = 5;\nthrow new Error('boom');\n"),
        "an exception": end("throw new TypeError('boom');\n"),
        "an exception that is no error": end("throw 'boom';\n"),
        "an exception from a function": end("(() => {\n  throw new Error('boom');\n})();\n"),
        "an exception from elsewhere": end("const late = new Error('boom');\nthrow late;\n"),
        "an exception with a cause": end("throw new Error('boom', { cause: Error('a\\n b') });\n"),
        "an exception that has a code": end(
            "\tthrow new (class Own extends Error {\n  code = 7;\n})('boom');\n"
        ),
        "an exception while a timer waits": end(
            "setTimeout(console.log, 200, 'no');\nthrow new Error('boom');\n"
        ),
        "an exception while a turn waits": end(
            "setImmediate(console.log, 'no');\nthrow new Error('boom');\n"
        ),
        "an exception before a tick": end(
            "process.nextTick(console.log, 'tick');\nthrow new Error('boom');\n"
        ),
        "an exception from a timer": end("setTimeout(() => {\n  throw Error('boom');\n}, 50);\n"),
        "a rejection": end("Promise.reject(new Error('boom'));\n"),
        "a rejection that is handled late": end(
            "const late = Promise.reject(1);\nsetTimeout(() => late.catch(() => {}), 50);\n"
        ),
        "a syntax error": end("console.log((;\n"),
        "an endless loop": end("for (;;);\n"),
        "an endless timer loop": end("setInterval(() => {}, 10);\n"),
        "a thread": "a worker is of a module that no program shares",
        "a worker": lambda program: (
            f"import {{ Worker }} from 'node:worker_threads';\n{program}"
            "new Worker('console.log(1)', { eval: true });\n"
        ),
        "a child": lambda program: (
            f"import {{ spawn }} from 'node:child_process';\n{program}"
            "spawn('sleep', ['300'], { detached: true }).unref();\n"
        ),
        "a promise that nothing awaits": end(
            "(async () => {\n  await new Promise((ok) => setTimeout(ok, 200));\n"
            "  console.log('floating');\n})();\n"
        ),
        "a promise that never settles": end("await new Promise(() => {});\n"),
        "late output": end("setTimeout(console.log, 300, 'late');\n"),
        "output at its exit": end("process.on('exit', () => console.log('bye'));\n"),
        "output at its exit, unseen": end(
            "const { on } = Object.getPrototypeOf(process.stdout);\n"
            "on.call(globalThis['process'], 'exit', () => console.log('bye'));\n"
        ),
        "a timer that keeps nothing alive": end("setTimeout(console.log, 50, 'no').unref();\n"),
        "a missing import": end("new OpenAI();\n"),
        "an import of nothing": lambda program: f"import 'no-such-package';\n{program}",
        "an import of what is not there": lambda program: f"import {{ no }} from 'fs';\n{program}",
        "a module of Node.js": lambda program: (
            f"import fs, {{ writeFileSync }} from 'node:fs';\n{program}writeFileSync('a', 'b');\n"
            "console.log(fs.readdirSync('.').join(), process.cwd() === import.meta.dirname);\n"
        ),
        "a changed module of Node.js": lambda program: (
            f"import https from 'node:https';\n{program}"
            "https.request = null;\nhttps.Agent.prototype.createConnection = null;\n"
        ),
        "a call by another module": lambda program: (
            f"import {{ get }} from 'node:https';\n{program}"
            "get('https://api.clawdrouter.example/', (answer) => answer.resume());\n"
        ),
        "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
        "a changed global": end("globalThis.fetch = null;\nglobalThis.found = 1;\n"),
        "a global of another": end("console.log(typeof found, Object.keys(process.env).length);\n"),
        "a changed prototype": end("Array.prototype.map = null;\nString.prototype.own = 1;\n"),
        "a changed hidden prototype": end(
            "Object.getPrototypeOf(Int8Array.prototype).fill = null;\n"
        ),
        "a changed symbol": end("globalThis[Symbol.for('own')] = 1;\n"),
        "a frozen global": end("Object.freeze(Array.prototype);\n"),
        "a changed environment": end(
            "process.env.CLAWDROUTER_API_KEY = 'x';\n"
            "process.env.MORE = 'y';\nprocess.argv.push(1);\n"
        ),
        "another environment": end("process.env = {};\nprocess.argv = [];\n"),
        "another folder": end("globalThis['process'].chdir('/');\n"),
        "another port before its call": instead(
            "const response", "process.env.CALLSHEET_PORT = '9';\nconst response"
        ),
        "a changed console": end("console.log = () => {};\n"),
        "a group of the console": end("console.group('a');\nconsole.log('b');\n"),
        "another writer": end("process.stdout.write = () => true;\n"),
        "an output that is closed": end("process.stdout.end('end\\n');\n"),
        "an output that is held back": end("process.stdout.cork();\nprocess.stdout.write('a');\n"),
        "a listener that stays": end("process.stdout.once('close', () => {});\n"),
        "reading stdin": end("for await (const piece of process.stdin) console.log(piece);\n"),
        "reading descriptor 0": lambda program: (
            f"import {{ readFileSync }} from 'fs';\n{program}"
            "console.log('read', readFileSync(0).length);\n"
        ),
        "3 MB of output": end("console.log('x'.repeat(3_000_000));\n"),
        "output and an exit": end("console.log('x'.repeat(9000));\nprocess.exit(2);\n"),
        "a signal": end("process.kill(process.pid, 'SIGKILL');\n"),
        "a second call": end("await fetch('https://api.clawdrouter.example/');\n"),
        "a call that is not awaited": end("fetch('https://api.clawdrouter.example/');\n"),
        "a body that is not read": instead(
            "const response",
            "await fetch('https://api.clawdrouter.example/');\nconst response",
        ),
        "its own name": end(
            "console.log(process.argv.length, import.meta.url === `file://${process.argv[1]}`);\n"
            "console.log(import.meta.url.endsWith('example.mjs'), this, typeof require);\n"
        ),
        "code from a text": end("(0, eval)('var found = 1');\n"),
    },
    alone=frozenset(
        {
            "a worker",
            "a child",
            "output at its exit",
            "a timer that keeps nothing alive",
            "a changed symbol",
            "an exception while a turn waits",
            "an exception before a tick",
            "an import of nothing",
            "a group of the console",
            "reading stdin",
            "a signal",
            "code from a text",
        }
    ),
)
