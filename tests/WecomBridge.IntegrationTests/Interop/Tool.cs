using System.Diagnostics;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>Runs programs in other languages that lie beside the tests.</summary>
internal static class Tool
{
    /// <summary>Set by tests/run.sh: what is missing then fails instead of being skipped.</summary>
    public const string RequireVariable = "WECOMBRIDGE_TESTS_REQUIRE_ALL";

    /// <summary>Folder of the interop programs in the source tree.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory.Split($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}")[0], "Interop");

    /// <summary>Skips the test, loudly, when something is not installed; fails it in the full run.</summary>
    public static void Require(bool present, string what)
    {
        if (present) return;
        var reason = $"{what} is missing; tests/run.sh installs it.";
        if (Environment.GetEnvironmentVariable(RequireVariable) == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        return Process.Start(start)!;
    }

    /// <summary>Whether a command ends with 0.</summary>
    public static bool Works(string program, params string[] arguments)
    {
        try
        {
            using var process = Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
