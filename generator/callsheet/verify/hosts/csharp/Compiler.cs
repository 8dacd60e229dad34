// A program's file to its image, as `dotnet build` compiles a file-based program.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Callsheet;

internal sealed class Compiler(string references, Libraries libraries)
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
        "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly CSharpParseOptions Parsing = new CSharpParseOptions(
            documentationMode: DocumentationMode.None, preprocessorSymbols: Symbols())
        .WithFeatures([new("FileBasedProgram", "true")]);

    private static readonly CSharpCompilationOptions Compiling = new(
        OutputKind.ConsoleApplication,
        nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: false,
        deterministic: true,
        specificDiagnosticOptions: [new("SYSLIB0011", ReportDiagnostic.Error)],
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        string.Concat(Usings.Select(name => $"global using global::{name};\n")), Parsing);

    private readonly MetadataReference[] _references =
        [.. Directory.GetFiles(references, "*.dll").Concat(libraries.Files)
            .Select(file => MetadataReference.CreateFromFile(file))];

    private (string Path, Image Image)? _built;

    /// <summary>Compiles a program; prints what is wrong with it where that cannot be done.</summary>
    public bool Build(string path)
    {
        using FileStream file = File.OpenRead(path);
        SourceText text = SourceText.From(file, Encoding.UTF8);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Parsing, path);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), [tree, ImplicitUsings], _references, Compiling);
        using MemoryStream code = new(), symbols = new();
        EmitResult result = compilation.Emit(
            code, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb));
        _built = result.Success ? (path, new Image(code.ToArray(), symbols.ToArray(), libraries)) : null;
        foreach (Diagnostic fault in result.Diagnostics.Where(IsFault))
        {
            Console.WriteLine(fault);
        }

        return result.Success;
    }

    /// <summary>The image of a program, which is not kept.</summary>
    public Image Take(string path)
    {
        if (_built?.Path != path && !Build(path))
        {
            throw new InvalidDataException($"{path} does not compile");
        }

        Image image = _built!.Value.Image;
        _built = null;
        return image;
    }

    private static bool IsFault(Diagnostic found) => found.Severity == DiagnosticSeverity.Error;

    /// <summary>What `#if` finds defined.</summary>
    private static IEnumerable<string> Symbols()
    {
        int version = Environment.Version.Major;
        string[] core = ["1_0", "1_1", "2_0", "2_1", "2_2", "3_0", "3_1"];
        return
        [
            "TRACE", "DEBUG", "NET", $"NET{version}_0", "NETCOREAPP",
            .. Enumerable.Range(5, version - 4).Select(major => $"NET{major}_0_OR_GREATER"),
            .. core.Select(name => $"NETCOREAPP{name}_OR_GREATER"),
        ];
    }
}
