// A batch host (see `batch/host.py`) for C# programs. It compiles them, which is slow to start, and
// has them run by a process below it, which is quick to start: what ends that, ends a program alone.

using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Callsheet;

internal static class Host
{
    /// <param name="args">
    /// The compiler's folder, that of the references, those of libraries, and two pipes; for a
    /// runner, the folders of libraries, and its pipes.
    /// </param>
    [StackTraceHidden]
    private static int Main(string[] args)
    {
        if (args.Length == 3)
        {
            return Runner.Serve(new Libraries(args[0]), args[1], args[2]);
        }

        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string file = Path.Combine(args[0], $"{name.Name}.dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        return Serve(args[1], new Libraries(args[2]), args[3], args[4]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // before the compiler can be found
    private static int Serve(
        string references, Libraries libraries, string ordering, string answering)
    {
        FileStream answers = Pipe.Open(answering, FileAccess.Write);
        StreamReader orders = new(Pipe.Open(ordering, FileAccess.Read));
        Compiler compiler = new(references, libraries);
        using Worker worker = new(libraries);
        if (!worker.IsReady)
        {
            return 1; // it has said why
        }

        Pipe.Say(answers, "0");
        while (orders.ReadLine()?.Split('\t') is [var verb, var folder, var file, .. var settings])
        {
            string path = Path.Combine(folder, file);
            if (verb == "build")
            {
                Pipe.Say(answers, compiler.Build(path) ? "0" : "1");
                continue;
            }

            int status = worker.Run(compiler.Take(path), folder, settings);
            Pipe.Say(answers, worker.IsReady ? $"{status}" : $"{status}\tspent");
        }

        return 0;
    }
}
