using System.CommandLine;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

/// <summary>Runs verbs as the command line does.</summary>
internal static class VerbRun
{
    /// <summary>What a verb printed and ended with; what it told of faults goes to the console.</summary>
    public static async Task<VerbResult> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await Verbs.Root().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        return new VerbResult(code, output.ToString());
    }
}
