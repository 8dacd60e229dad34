"""Java programs that misbehave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .harness import Table, end, instead, without

if TYPE_CHECKING:
    from .harness import Change

_LAST = "    System.out.println(response.body());\n"


def after(code: str) -> Change:
    """Adds statements to the end of `main`."""
    return instead(_LAST, f"{_LAST}    {code}\n")


TABLE = Table(
    "java",
    "response",
    {
        "an exit status": after("System.exit(3);"),
        "an exception": after('throw new java.io.IOException("boom", new Exception("why"));'),
        "a stack trace": after('new Exception("shown").printStackTrace(System.out);'),
        "a type error": after('int number = "text";'),
        "a public class of another name": end("public class Other {}\n"),
        "another class in place of Main": lambda program: f"package other;\n\n{program}",
        "an endless loop": after("while (true) {}"),
        "a thread": after(
            "new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) {}"
            ' System.out.println("late"); throw new IllegalStateException(); }).start();'
        ),
        "a daemon": after(
            "new java.util.Timer(true).schedule(new java.util.TimerTask() {"
            ' public void run() { System.out.println("late"); } }, 200, 5);'
        ),
        "a task that is awaited": after(
            "System.out.println("
            "java.util.concurrent.CompletableFuture.supplyAsync(() -> 42).join());"
        ),
        "a call that is awaited": instead(
            ".send(request, HttpResponse.BodyHandlers.ofString())",
            ".sendAsync(request, HttpResponse.BodyHandlers.ofString()).join()",
        ),
        "a call that is not awaited": after(
            "HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());"
        ),
        "late output": after(
            'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));'
        ),
        "bytes that are not flushed": after("System.out.write(65);"),
        "a missing import": without("import java.net.http.HttpRequest;\n"),
        "a class of the host's name": lambda program: program.replace(
            "class Main {", 'class Host {\n  String name = "mine";\n}\n\nclass Main {'
        ).replace(_LAST, f"{_LAST}    System.out.println(new Host().name);\n"),
        "the host's class": after("System.out.println(new Host());"),
        "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
        "names of variables": after(
            "System.out.println(new java.util.TreeSet<>(System.getenv().keySet()));"
        ),
        "a changed global": after(
            "java.util.Locale.setDefault(java.util.Locale.FRANCE);"
            ' System.out.printf("%.1f%n", 1.5);'
        ),
        "a handler of all exceptions": after(
            "Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.out.println(e));"
            ' throw new IllegalStateException("handled");'
        ),
        "a changed property": after('System.setProperty("https.proxyPort", "1");'),
        "a property that is changed in secret": after(
            'Class.forName("java.lang.System")'
            '.getMethod("setProperty", String.class, String.class)'
            '.invoke(null, "https.proxyPort", "1");'
        ),
        "an escaped word": after('Sys\\u0074em.setProperty("https.proxyPort", "1");'),
        "what only a host may do": after(
            'var field = String.class.getDeclaredField("value");'
            " field.setAccessible(true); System.out.println(field.get(body));"
        ),
        "reading stdin": after('System.out.println("read " + System.in.read());'),
        "a closed stdout": after('System.out.close(); System.out.println("unseen");'),
        "3 MB of output": after('System.out.println("x".repeat(3_000_000));'),
        "much memory": after("System.out.println(new byte[600 << 20].length);"),
        "a file": after(
            'var file = java.nio.file.Path.of("here.txt");'
            " System.out.println(java.nio.file.Files.exists(file));"
            ' java.nio.file.Files.writeString(file, "text");'
            " System.out.println(java.nio.file.Files.readString(file));"
        ),
        "its own text": after(
            'System.out.println(java.nio.file.Files.readString(java.nio.file.Path.of("Main.java")));'
        ),
        "another API of files": after(
            'System.out.println(new java.io.File("Main.java").length());'
        ),
        "the place of a file": after(
            'System.out.println(new java.io.File("a").getAbsolutePath().endsWith("snippet/a"));'
        ),
        "a second call": after(
            "HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());"
        ),
        "a second call, which is kept alive": after(
            'var url = new java.net.URL("https://api.clawdrouter.example/v1/responses");'
            " System.out.println(new String(url.openStream().readAllBytes()));"
        ),
    },
    alone=frozenset(
        {
            "a call that is not awaited",
            "late output",
            "a changed property",
            "a property that is changed in secret",
            "an escaped word",
            "what only a host may do",
            "much memory",
            "the place of a file",
        }
    ),
    seconds=12.0,
)
