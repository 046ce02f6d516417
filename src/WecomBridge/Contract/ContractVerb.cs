using System.CommandLine;
using WecomBridge.Operations;

namespace WecomBridge.Contract;

/// <summary>The verb <c>contract</c>: writes the published contract to files.</summary>
internal static class ContractVerb
{
    public static Command Create() => new("contract", "The contract of the bus, for subscribers and their tools.") { Write() };

    private static Command Write()
    {
        var folder = new Argument<DirectoryInfo>("directory") { Description = "Where to; made when it is not there. Files of the same names are replaced." };
        var command = new Command("write", "Writes a JSON Schema for each message type, and asyncapi.json. Exit codes: 0; 2 when the files cannot be written.") { folder };
        command.SetAction((parsed, cancellationToken) => Verbs.ExplainAsync("The contract cannot be written", async () =>
        {
            var files = new ContractFiles().All;
            await WriteAsync(parsed.GetValue(folder)!, files, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Files written: {files.Count}");
        }));
        return command;
    }

    private static async Task WriteAsync(DirectoryInfo folder, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        try
        {
            folder.Create();
            foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{folder.FullName} cannot be written to. Give another directory.", failure);
        }
    }
}
