"""Go programs that misbehave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .harness import Table, end, instead, without

if TYPE_CHECKING:
    from collections.abc import Callable


def last(*statements: str, packages: str = "") -> Callable[[str], str]:
    """Adds statements to the end of `main`, and the packages that they need to the imports."""
    added = "".join(f"\t{statement}\n" for statement in statements)
    imports = "".join(f'\t"{package}"\n' for package in packages.split())

    def change(program: str) -> str:
        main, _, _ = program.rstrip().rpartition("}")
        return main.replace("import (\n", f"import (\n{imports}", 1) + added + "}\n"

    return change


def declared(declaration: str, *statements: str, packages: str = "") -> Callable[[str], str]:
    """Adds a declaration beside `main`, and statements that use it."""
    return lambda program: last(*statements, packages=packages)(program) + f"\n{declaration}\n"


def first(text: str) -> Callable[[str], str]:
    """Adds a text before a program."""
    return lambda program: text + program


#: The start of a picture, which is told from a text only where its format is known.
_PICTURE = (
    r'_, _, unknown := image.Decode(strings.NewReader("\x89PNG\r\n\x1a\n"))',
    "fmt.Println(unknown)",
)
_TOGETHER = {
    "an exit status": last("os.Exit(3)"),
    "an exit status that is too large": last("os.Exit(256 + 7)"),
    "an exception": last('panic("boom")'),
    "an error that is logged": last('log.Fatal("no good")'),
    "a signal": last("syscall.Kill(os.Getpid(), syscall.SIGKILL)", packages="syscall"),
    "a syntax error": end("func (\n"),
    "an endless loop": last("for {", "}"),
    "a wait that is an endless loop": last("select {}"),
    "a thread": last(
        'go func() { time.Sleep(time.Minute); fmt.Println("late") }()', packages="time"
    ),
    "a thread that is waited for": last(
        "var group sync.WaitGroup",
        "group.Add(1)",
        'go func() { defer group.Done(); time.Sleep(300 * time.Millisecond); fmt.Print("late") }()',
        "group.Wait()",
        packages="sync time",
    ),
    "late output": last('defer fmt.Println("bye")'),
    "a missing import": without('\t"io"\n'),
    "a missing import that makes it another's": without('\t"net/http"\n'),
    "an unused import": last(packages="bytes"),
    "an unused variable": last("unused := 1"),
    "an import of no package": last("nowhere.Go()", packages="nowhere"),
    "a function without a body": declared("func f()", "f()"),
    "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
    "a changed global": last(
        "http.DefaultClient, http.DefaultTransport = nil, nil",
        "os.Clearenv()",
        'os.Chdir("/")',
        "os.Stdout.Close()",
    ),
    "reading stdin": last("read, _ := io.ReadAll(os.Stdin)", "fmt.Println(len(read))"),
    "3 MB of output": last('fmt.Println(strings.Repeat("x", 3_000_000))'),
    "a process that stays": last(
        'stays := exec.Command("sleep", "300")',
        "stays.SysProcAttr = &syscall.SysProcAttr{Setsid: true}",
        "stays.Start()",
        packages="os/exec syscall",
    ),
    "a second call": last('http.Get("https://api.clawdrouter.example/")'),
    "an unknown picture": last(*_PICTURE, packages="image"),
    "a picture that is known": lambda program: last(*_PICTURE, packages="image")(program).replace(
        '"image"', '"image"\n\t_ "image/png"', 1
    ),
    "its own name": last("fmt.Println(filepath.Base(os.Args[0]))", packages="path/filepath"),
    "its folder": last(
        'files, _ := os.ReadDir(".")',
        "for _, file := range files {",
        "fmt.Println(file.Name())",
        "}",
        'os.WriteFile("left", nil, 0o600)',
    ),
    "its settings": last("fmt.Println(len(os.Environ()), len(os.Args))"),
    "itself once more": last(
        'if os.Getenv("AGAIN") == "" {',
        "again := exec.Command(os.Args[0])",
        'again.Env = append(os.Environ(), "AGAIN=1")',
        "said, _ := again.Output()",
        "fmt.Print(string(said))",
        "}",
        packages="os/exec",
    ),
    "a type of its own": declared("type t struct{ a int }", r'fmt.Printf("%T %#v\n", t{1}, t{2})'),
    "the same type otherwise": declared("type t int", r'fmt.Printf("%T %#v\n", t(1), t(2))'),
    "a text that looks like code": last("fmt.Println(`}", 'func init() { panic("boom") }`)'),
}
_ALONE = {
    "a function that runs before": declared('func init() { fmt.Println("first") }'),
    "a variable that is made before": declared("var n, _ = fmt.Println(1)", "fmt.Println(n)"),
    "a directive": first("//go:build ignore\n\n"),
    "a name of the runtime's": last(
        "_, file, _, _ := runtime.Caller(0)", "fmt.Println(len(file) > 0)", packages="runtime"
    ),
    "a package of somebody else": last("x.Y()", packages="example.com/x"),
    "a package that nobody may import": last(
        "fmt.Println(ascii.Is(``))", packages="net/http/internal/ascii"
    ),
    "no start": instead("func main()", "func start()"),
}

TABLE = Table("go", "response", {**_TOGETHER, **_ALONE}, alone=frozenset(_ALONE))
