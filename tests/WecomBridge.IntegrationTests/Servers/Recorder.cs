namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Writes what bridges log and what subscribers see to the folder that tests/run.sh searches for canary values when the whole run is over.</summary>
internal static class Recorder
{
    private const string FolderVariable = "WECOMBRIDGE_TESTS_RECORD";
    private static readonly Lock Writing = new();
    private static readonly StreamWriter? Writer = Open();

    public static void Write(string line)
    {
        if (Writer is null) return;
        lock (Writing) Writer.WriteLine(line);
    }

    /// <summary>Values that must not be found in what is recorded.</summary>
    public static void WriteCanaries(IEnumerable<string> values)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;
        lock (Writing) File.AppendAllLines(Path.Combine(folder, $"canaries-{Environment.ProcessId}.txt"), values);
    }

    private static StreamWriter? Open()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return null;
        return new StreamWriter(Path.Combine(folder, $"record-{Environment.ProcessId}.txt")) { AutoFlush = true };
    }
}
