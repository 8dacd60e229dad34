// A program that is compiled, and what it may touch of the process that it shares.

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Callsheet;

internal sealed class Image(byte[] code, byte[] symbols, Libraries libraries)
{
    /// <summary>Of these, nothing outlives a program but what is forbidden below.</summary>
    private static readonly HashSet<string> Namespaces =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq",
        "System.Net.Http", "System.Net.Http.Headers", "System.Net.Http.Json",
        "System.Runtime.CompilerServices", "System.Text", "System.Text.Json",
        "System.Text.Json.Nodes", "System.Text.Json.Serialization", "System.Text.RegularExpressions",
        "System.Threading.Tasks",
    ];

    /// <summary>Types of other namespaces.</summary>
    private static readonly HashSet<string> Types =
    [
        "System.Diagnostics.DebuggableAttribute", "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerBrowsableState", "System.Diagnostics.DebuggerDisplayAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute", "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Diagnostics.Stopwatch", "System.Globalization.CultureInfo", "System.Net.HttpStatusCode",
        "System.Net.WebUtility", "System.Reflection.DefaultMemberAttribute",
        "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.InteropServices.InAttribute", "System.Runtime.InteropServices.MemoryMarshal",
        "System.Threading.CancellationToken", "System.Threading.CancellationTokenSource",
        "System.Threading.Interlocked",
    ];

    /// <summary>Types of which these members alone are harmless.</summary>
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["System.Activator"] = [],
        ["System.AppContext"] = [],
        ["System.AppDomain"] = [],
        ["System.Console"] =
        [
            "get_Error", "get_In", "get_Out", "OpenStandardError", "OpenStandardInput",
            "OpenStandardOutput", "Read", "ReadLine", "Write", "WriteLine",
        ],
        ["System.Environment"] =
            ["Exit", "get_ExitCode", "get_NewLine", "GetEnvironmentVariable", "set_ExitCode"],
        ["System.GC"] = [],
        ["System.Globalization.CultureInfo"] = ["get_InvariantCulture"],
        ["System.IO.FileSystemWatcher"] = [],
        ["System.Progress`1"] = [],
        ["System.Runtime.CompilerServices.UnsafeAccessorAttribute"] = [],
        ["System.Threading.Tasks.TaskScheduler"] = [],
        ["System.Type"] = ["GetTypeFromHandle", "op_Equality", "op_Inequality"],
        ["System.UriParser"] = [],
    };

    /// <summary>Members that are not, of types that are.</summary>
    private static readonly HashSet<string> Forbidden =
    [
        "System.Net.Http.HttpClient.set_DefaultProxy", "System.Object.Finalize",
        "System.Text.Encoding.RegisterProvider",
        "System.Text.RegularExpressions.Regex.set_CacheSize",
    ];

    /// <summary>Whether it may leave something behind in the process.</summary>
    public bool Touches { get; } = MayTouch(code, libraries);

    /// <summary>Writes it to a file, and its symbols beside that.</summary>
    public void Save(string file)
    {
        File.WriteAllBytes(file, code);
        File.WriteAllBytes(Path.ChangeExtension(file, ".pdb"), symbols);
    }

    private static bool MayTouch(byte[] code, Libraries libraries)
    {
        using PEReader reader = new(new MemoryStream(code));
        MetadataReader found = reader.GetMetadataReader();
        var types = found.TypeReferences
            .Where(handle => !libraries.Has(Assembly(found, handle))) // Leftovers looks at the rest
            .ToDictionary(handle => (EntityHandle)handle, handle => Name(found, handle));
        var members = found.MemberReferences.Select(found.GetMemberReference)
            .Where(member => types.ContainsKey(member.Parent)) // of generic types none is named above
            .Select(member => (types[member.Parent], found.GetString(member.Name)));
        return found.GetTableRowCount(TableIndex.ImplMap) > 0
            || !types.Values.All(IsHarmless)
            || !members.All(IsHarmless);
    }

    private static (string Space, string Name) Name(MetadataReader found, TypeReferenceHandle handle)
    {
        TypeReference type = Outermost(found, handle);
        return (found.GetString(type.Namespace), found.GetString(type.Name));
    }

    private static string Assembly(MetadataReader found, TypeReferenceHandle handle) =>
        Outermost(found, handle).ResolutionScope is { Kind: HandleKind.AssemblyReference } scope
            ? found.GetString(found.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
            : "";

    private static TypeReference Outermost(MetadataReader found, TypeReferenceHandle handle)
    {
        TypeReference type = found.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            type = found.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        }

        return type;
    }

    private static bool IsHarmless((string Space, string Name) type) =>
        Namespaces.Contains(type.Space) || Types.Contains($"{type.Space}.{type.Name}");

    private static bool IsHarmless(((string Space, string Name) Type, string Name) member)
    {
        string type = $"{member.Type.Space}.{member.Type.Name}";
        return Members.TryGetValue(type, out string[]? allowed)
            ? allowed.Contains(member.Name)
            : !Forbidden.Contains($"{type}.{member.Name}");
    }
}
