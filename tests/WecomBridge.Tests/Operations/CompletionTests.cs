using System.Diagnostics;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

/// <summary>Shells complete what the executable itself suggests.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("conf", "config")]
    [InlineData("config check --on", "--online")]
    [InlineData("callback de", "decrypt")]
    [InlineData("callback send --event customer.ad", "customer.added")]
    public async Task Bash_completes_a_word(string typed, string completed)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("bash is not on every Windows.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("wb-completion-");
        var program = Path.Combine(folder.FullName, "WecomBridge");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{typeof(ServiceHost).Assembly.Location}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = (await VerbRun.RunAsync("completion", "bash")).Output;

        var words = $"{program} {typed}".Split(' ');
        var found = await BashAsync($$"""
            {{script}}
            COMP_LINE='{{program}} {{typed}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=({{string.Join(' ', words)}}); COMP_CWORD={{words.Length - 1}}
            _wecombridge
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        found.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldContain(completed);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("zsh", "compdef _wecombridge WecomBridge")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName WecomBridge")]
    public async Task Other_shells_have_a_script_of_their_own(string shell, string says)
    {
        var result = await VerbRun.RunAsync("completion", shell);

        result.Code.ShouldBe(0);
        result.Output.ShouldContain(says);
        result.Output.ShouldContain("[suggest:");
    }

    private static async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
