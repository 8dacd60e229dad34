// Pipes whose numbers are arguments.

using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Callsheet;

internal static class Pipe
{
    /// <summary>A pipe, which stays open until the process has ended.</summary>
    public static FileStream Open(string number, FileAccess access) =>
        new(new SafeFileHandle(int.Parse(number), ownsHandle: false), access, bufferSize: 0);

    public static void Say(Stream pipe, string line) => pipe.Write(Encoding.UTF8.GetBytes($"{line}\n"));
}
