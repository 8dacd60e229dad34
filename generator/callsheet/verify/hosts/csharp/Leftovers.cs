// What of a program still goes on in the process, by the runtime's own counters.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Callsheet;

internal sealed class Leftovers
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.NonPublic;

    /// <summary>The tasks that debuggers show: all that were begun and are not completed.</summary>
    private static readonly FieldInfo Tasks = typeof(Task).GetField("s_currentActiveTasks", Static)!;

    /// <summary>Milliseconds.</summary>
    private const int Patience = 100;

    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly long _timers = Timer.ActiveCount;

    /// <exception cref="NotSupportedException">This runtime does not count what goes on.</exception>
    public Leftovers()
    {
        typeof(Task).GetField("s_asyncDebuggingEnabled", Static)!.SetValue(null, true);
        TaskCompletionSource end = new();
        Task waiting = Wait(end.Task);
        if (!Running().Contains(waiting))
        {
            throw new NotSupportedException("tasks that go on cannot be counted");
        }

        end.SetResult();
        waiting.Wait();
    }

    /// <summary>Whether there is anything; what HttpClient reads to the end of a response that it
    /// was not asked for, which takes a moment, is nothing.</summary>
    public bool Any()
    {
        long until = Environment.TickCount64 + Patience;
        while (Running() is var tasks && (tasks.Count > 0 || IsBusy))
        {
            if (!tasks.TrueForAll(IsDrain) || Environment.TickCount64 > until)
            {
                return true;
            }

            Thread.Sleep(1);
        }

        return !(IsSound(Console.Out, _out) && IsSound(Console.Error, _error));
    }

    private bool IsBusy => Timer.ActiveCount > _timers || ThreadPool.PendingWorkItemCount > 0;

    private static async Task Wait(Task end) => await end;

    private static List<Task> Running()
    {
        if (Tasks.GetValue(null) is not Dictionary<int, Task> tasks)
        {
            return [];
        }

        lock (tasks)
        {
            return [.. tasks.Values.Where(task => !task.IsCompleted)];
        }
    }

    /// <summary>Whether a task is an async method of a connection, and not of a request.</summary>
    private static bool IsDrain(Task task) => task.GetType().GenericTypeArguments is [.., var method]
        && method.FullName!.StartsWith("System.Net.Http.HttpConnection+", StringComparison.Ordinal);

    private static bool IsSound(TextWriter writer, TextWriter original)
    {
        try
        {
            writer.Flush();
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        return writer == original && writer.NewLine == Environment.NewLine;
    }
}
