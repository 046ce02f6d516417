namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Writes what bridges log and what subscribers see to the folder that tests/run.sh searches for canary values when the whole run is over.</summary>
internal static class Recorder
{
    private static readonly Lock Writing = new();
    private static readonly StreamWriter? Writer = Open();

    public static void Write(string line)
    {
        if (Writer is null) return;
        lock (Writing) Writer.WriteLine(line);
    }

    private static StreamWriter? Open()
    {
        if (Environment.GetEnvironmentVariable("WECOMBRIDGE_TESTS_RECORD") is not { Length: > 0 } folder) return null;
        return new StreamWriter(Path.Combine(folder, $"record-{Environment.ProcessId}.txt")) { AutoFlush = true };
    }
}
