using System.CommandLine;
using WecomBridge.Operations;
using WecomBridge.Tests.State;

namespace WecomBridge.Tests.Operations;

/// <summary>Runs verbs as the command line does.</summary>
internal static class VerbRun
{
    /// <summary>The same with State in a test's file.</summary>
    public static async Task<(int Code, string Text)> RunAsync(StateFile state, params string[] arguments)
    {
        var (code, text) = await RunAsync([.. arguments, $"--State:ConnectionString=Data Source={state.Path}"]);
        return (code, text.ReplaceLineEndings("\n"));
    }

    /// <summary>What a verb printed and ended with; what it told of faults goes to the console.</summary>
    public static async Task<VerbResult> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await Verbs.Root().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        return new VerbResult(code, output.ToString());
    }
}
