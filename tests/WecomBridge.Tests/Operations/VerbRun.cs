using System.CommandLine;
using WecomBridge.Operations;
using WecomBridge.Tests.State;

namespace WecomBridge.Tests.Operations;

/// <summary>A verb as it is called from the command line, with State in a test's file.</summary>
internal static class VerbRun
{
    public static async Task<(int Code, string Text)> RunAsync(StateFile state, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await Verbs.Root().Parse([.. arguments, $"--State:ConnectionString=Data Source={state.Path}"]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }
}
