// A process that runs programs until one ends it, and then the next such process.

using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Callsheet;

internal sealed class Worker : IDisposable
{
    private const int DoNotWait = 1;

    private Process? _process;
    private AnonymousPipeServerStream _orders = null!;
    private StreamReader _answers = null!;

    private readonly Libraries _libraries;

    public Worker(Libraries libraries)
    {
        _libraries = libraries;
        Start();
    }

    /// <summary>Whether it can run a program: not after one that left processes behind.</summary>
    public bool IsReady => _process is not null;

    /// <summary>The status that a program ends with; negative where a signal ended it.</summary>
    public int Run(Image program, string folder, string[] settings)
    {
        string file = Path.GetFullPath("program.dll");
        program.Save(file);
        string kind = program.Touches ? "last" : "next";
        Pipe.Say(_orders, string.Join('\t', [kind, file, folder, .. settings]));
        if (Answer() is { } answer)
        {
            return int.Parse(answer);
        }

        int status = _process!.ExitCode;
        Dispose();
        if (!HasChildren())
        {
            Start();
        }

        return status is 128 + 6 or 128 + 9 or 128 + 11 ? 128 - status : status;
    }

    public void Dispose()
    {
        _orders.Dispose();
        _answers.Dispose();
        _process?.Dispose();
        _process = null;
    }

    private void Start()
    {
        _orders = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        AnonymousPipeServerStream answers = new(PipeDirection.In, HandleInheritability.Inheritable);
        _answers = new StreamReader(answers);
        _process = Process.Start(
            Environment.ProcessPath!,
            [
                typeof(Worker).Assembly.Location, _libraries.Folders,
                _orders.GetClientHandleAsString(), answers.GetClientHandleAsString(),
            ]);
        _orders.DisposeLocalCopyOfClientHandle();
        answers.DisposeLocalCopyOfClientHandle();
        if (Answer() is null)
        {
            Dispose();
        }
    }

    /// <summary>What it says; null once it has ended, even if others still hold its pipe.</summary>
    private string? Answer()
    {
        Task<string?> answer = _answers.ReadLineAsync();
        Task end = _process!.WaitForExitAsync();
        Task.WaitAny(answer, end);
        if (answer is { IsCompleted: true, Result: { } line })
        {
            return line;
        }

        end.Wait();
        return null;
    }

    /// <summary>Whether programs left processes behind, which this one has adopted.</summary>
    private static bool HasChildren()
    {
        int child;
        while ((child = WaitForChild(-1, 0, DoNotWait)) > 0)
        {
        }

        return child == 0;
    }

    [DllImport("libc", EntryPoint = "waitpid")]
    private static extern int WaitForChild(int process, nint status, int options);
}
