// Runs programs, each in a context of its own, until one might leave something behind: that one ends
// this process, which ends all of it as a process of its own would.

using System;
using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Callsheet;

[StackTraceHidden]
internal static class Runner
{
    /// <summary>Makes the proxy that a fresh process finds in its environment.</summary>
    private static readonly Func<IWebProxy> SystemProxy = typeof(HttpClient).Assembly
        .GetType("System.Net.Http.SystemProxyInfo", throwOnError: true)!
        .GetMethod("ConstructSystemProxy", BindingFlags.Static | BindingFlags.Public)!
        .CreateDelegate<Func<IWebProxy>>();

    /// <summary>Carries out orders: `last` or `next`, an image, a folder, and the environment.</summary>
    /// <returns>The status of the last program.</returns>
    public static int Serve(Libraries libraries, string ordering, string answering)
    {
        FileStream answers = Pipe.Open(answering, FileAccess.Write);
        StreamReader orders = new(Pipe.Open(ordering, FileAccess.Read));
        AssemblyLoadContext.Default.Resolving += libraries.Find;
        Marshal.PrelinkAll(typeof(Runner));
        Leftovers leftovers = new();
        Pipe.Say(answers, "0");
        while (orders.ReadLine()?.Split('\t') is [var kind, var image, var folder, .. var settings])
        {
            Surround(folder, settings);
            Environment.ExitCode = Main(image, libraries)() ?? Environment.ExitCode;
            int status = (byte)Environment.ExitCode;
            if (kind == "last")
            {
                return status; // once its threads have ended
            }

            if (leftovers.Any())
            {
                End(status);
            }

            Pipe.Say(answers, $"{status}");
        }

        return 0;
    }

    /// <summary>Puts in place what a process of its own would start with.</summary>
    private static void Surround(string folder, string[] settings)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (string[] pair in settings.Select(setting => setting.Split('=', 2)))
        {
            Environment.SetEnvironmentVariable(pair[0], pair[1]);
        }

        Environment.CurrentDirectory = folder;
        Environment.ExitCode = 0;
        HttpClient.DefaultProxy = SystemProxy();
    }

    /// <summary>The Main of an image, which gives a status or nothing; not yet run.</summary>
    private static Func<int?> Main(string image, Libraries libraries)
    {
        using MemoryStream code = new(File.ReadAllBytes(image));
        using MemoryStream symbols = new(File.ReadAllBytes(Path.ChangeExtension(image, ".pdb")));
        AssemblyLoadContext context = new("program");
        context.Resolving += libraries.Find;
        MethodInfo main = context.LoadFromStream(code, symbols).EntryPoint!;
        string[] none = [];
        switch (main.ReturnType == typeof(int), main.GetParameters().Length)
        {
            case (true, 0):
                var told = main.CreateDelegate<Func<int>>();
                return () => told();
            case (true, _):
                var answered = main.CreateDelegate<Func<string[], int>>();
                return () => answered(none);
            case (false, 0):
                var plain = main.CreateDelegate<Action>();
                return () => { plain(); return null; };
            default:
                var usual = main.CreateDelegate<Action<string[]>>();
                return () => { usual(none); return null; };
        }
    }

    /// <summary>Ends the process: a call that nobody awaits is cut off, however warm this is.</summary>
    [DoesNotReturn]
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void End(int status);
}
