"""C# programs that misbehave."""

from __future__ import annotations

from .harness import Table, end, instead, without

TABLE = Table(
    "csharp",
    "response",
    {
        "an exit status": end("Environment.Exit(3);\n"),
        "a status that is returned": end("return 300;\n"),
        "a status that is set": end("Environment.ExitCode = 7;\n"),
        "an exception": end('throw new InvalidOperationException("boom");\n'),
        "an exception and what follows it": end(
            'try { throw new Exception("boom"); } finally { Console.WriteLine("after"); }\n'
        ),
        "an exception in a thread": end(
            'new Thread(() => throw new Exception("boom")).Start();\nThread.Sleep(9000);\n'
        ),
        "an endless loop": end("while (true) { }\n"),
        "endless calls": end("int Dive(int depth) => Dive(depth + 1) + 1;\nDive(0);\n"),
        "a crash": end('Environment.FailFast("boom");\n'),
        "a thread": end(
            'new Thread(() => { Thread.Sleep(300); Console.WriteLine("late"); }).Start();\n'
        ),
        "a thread that sets the status": end(
            "new Thread(() => { Thread.Sleep(300); Environment.ExitCode = 9; }).Start();\n"
        ),
        "a thread in the background": end(
            'new Thread(() => { Thread.Sleep(300); Console.WriteLine("late"); })'
            " { IsBackground = true }.Start();\n"
        ),
        "a task that nobody awaits": end(
            '_ = Late();\nasync Task Late() { await Task.Delay(30); Console.WriteLine("late"); }\n'
        ),
        "a task that goes on": end(
            "_ = Task.Run(() => { while (true) { Console.Out.Flush(); } });\n"
        ),
        "a call that nobody awaits": lambda program: (
            program.partition("using var response")[0].replace("using var client", "var client")
            + "_ = client.SendAsync(request);\n"
        ),
        "a timer": end('new Timer(_ => Console.WriteLine("late"), null, 30, 30);\n'),
        "a finalizer": end("new Loud();\nclass Loud { ~Loud() => Console.WriteLine(1); }\n"),
        "late output": end(
            'AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("bye");\n'
        ),
        "an exception that is heard of": end(
            "AppDomain.CurrentDomain.UnhandledException += (_, _) => Console.WriteLine(1);\n"
            'throw new Exception("boom");\n'
        ),
        "a missing import": without("using System.Text.Json.Nodes;\n"),
        "a syntax error": end("Console.WriteLine((;\n"),
        "a wrong type": end("int number = json;\n"),
        "a formatter that is gone": end(
            "new System.Runtime.Serialization.Formatters.Binary.BinaryFormatter()"
            ".Serialize(Stream.Null, 1);\n"
        ),
        "a warning": end("string nothing = null;\n"),
        "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
        "a changed global": end(
            "HttpClient.DefaultProxy = new System.Net.WebProxy();\n"
            'System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new("");\n'
            "Console.SetOut(TextWriter.Null);\n"
        ),
        "a changed variable": end(
            'Environment.SetEnvironmentVariable("HTTPS_PROXY", "http://x");\n'
        ),
        "a closed output": end("Console.Out.Close();\n"),
        "another end of line": end('Console.Out.NewLine = "!";\nConsole.WriteLine(1);\n'),
        "another encoding": end(
            'Console.OutputEncoding = System.Text.Encoding.Latin1;\nConsole.WriteLine("é");\n'
        ),
        "another folder": end('Directory.SetCurrentDirectory("/");\n'),
        "a folder that is gone": end("Directory.Delete(Directory.GetCurrentDirectory(), true);\n"),
        "a file beside it": end(
            'File.WriteAllText("made", "x");\n'
            'Console.WriteLine(File.ReadAllText("made") + File.Exists("Program.cs"));\n'
        ),
        "all of its environment": end(
            "var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();\n"
            "Console.WriteLine(string.Join(' ', names.Order()));\n"
        ),
        "its home": end(
            "Console.WriteLine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)\n"
            '    == Environment.GetEnvironmentVariable("HOME"));\n'
        ),
        "what is defined": end(
            '#if DEBUG && NET10_0_OR_GREATER && !NET5_0\nConsole.WriteLine("debug");\n#endif\n'
        ),
        "reading stdin": end('Console.WriteLine("read " + Console.In.ReadToEnd().Length);\n'),
        "3 MB of output": end("Console.WriteLine(new string('x', 3_000_000));\n"),
        "a process that stays": end('System.Diagnostics.Process.Start("sleep", "300");\n'),
        "a second call": end('await client.GetAsync("https://api.clawdrouter.example/");\n'),
        "a client that is not disposed": instead("using var client", "var client"),
        "a folder of its own": end("Console.WriteLine(AppContext.BaseDirectory);\n"),
        "another name": end(
            "Console.WriteLine(System.Reflection.Assembly.GetEntryAssembly()!.GetName());\n"
        ),
        "code that is generated": end(
            'Console.WriteLine(Made.Digits().IsMatch("1"));\n'
            "partial class Made\n{\n"
            '    [System.Text.RegularExpressions.GeneratedRegex("[0-9]")]\n'
            "    public static partial System.Text.RegularExpressions.Regex Digits();\n}\n"
        ),
        "a directive": lambda program: "#:property Nullable=disable\n" + program,
    },
    alone=frozenset(
        {
            "a changed variable",
            "a directive",
            "a folder of its own",
            "another name",
            "code that is generated",
        }
    ),
    seconds=40.0,
)
