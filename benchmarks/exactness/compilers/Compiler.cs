// Compiles C# programs, each by itself, in one process that stays (see verify/batch/host.py): what
// `dotnet run Program.cs` compiles, with the usings that it adds.
//
// Its arguments: the folder of the reference assemblies, that of Roslyn, the name of the folder in
// which programs are built, the text of a runtimeconfig.json, and the numbers of two pipes.
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

AssemblyLoadContext.Default.Resolving += (context, name) =>
{
    var path = Path.Combine(args[1], name.Name + ".dll");
    return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
};
Compiler.Run(args);

static class Compiler
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(string[] args)
    {
        string[] names = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
        var usings = CSharpSyntaxTree.ParseText(string.Concat(names.Select(name => $"global using global::{name};\n")));
        var references = Directory.GetFiles(args[0], "*.dll").Select(file => MetadataReference.CreateFromFile(file)).ToArray();
        using var orders = new StreamReader(new FileStream($"/dev/fd/{args[4]}", FileMode.Open, FileAccess.Read));
        using var answers = new StreamWriter(new FileStream($"/dev/fd/{args[5]}", FileMode.Open, FileAccess.Write)) { AutoFlush = true };
        answers.Write("0\n");
        while (orders.ReadLine() is { } order)
        {
            var fields = order.Split('\t');
            var built = Directory.CreateDirectory(Path.Combine(fields[1], args[2])).FullName;
            var name = Path.GetFileNameWithoutExtension(fields[2]);
            var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(fields[1], fields[2])), path: fields[2]);
            var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
            var result = CSharpCompilation.Create(name, [usings, tree], references, options).Emit(Path.Combine(built, name + ".dll"));
            File.WriteAllText(Path.Combine(built, name + ".runtimeconfig.json"), args[3]);
            foreach (var fault in result.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error))
            {
                Console.Error.WriteLine(fault);
            }
            answers.Write(result.Success ? "0\n" : "1\n");
        }
    }
}
