// What a program's packages consist of: assemblies in folders, which all programs of a host share.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace Callsheet;

/// <param name="folders">The folders, as in a PATH.</param>
internal sealed class Libraries(string folders)
{
    private readonly Dictionary<string, string> _files =
        folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Directory.GetFiles(folder, "*.dll"))
            .DistinctBy(file => Path.GetFileName(file))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    public string Folders => folders;

    public IEnumerable<string> Files => _files.Values;

    public bool Has(string assembly) => _files.ContainsKey(assembly);

    /// <summary>The assembly of a name; what they need themselves is found as well.</summary>
    public Assembly? Find(AssemblyLoadContext _, AssemblyName name) =>
        name.Name is { } known && _files.TryGetValue(known, out string? file)
            ? AssemblyLoadContext.Default.LoadFromAssemblyPath(file)
            : null;
}
