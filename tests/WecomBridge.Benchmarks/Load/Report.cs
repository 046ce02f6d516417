namespace WecomBridge.Benchmarks.Load;

/// <summary>Collects what was measured and prints it as Markdown.</summary>
internal sealed class Report
{
    private readonly List<string> _rounds = [];
    private readonly List<string> _targets = [];
    private readonly string _machine = Machine.Describe();

    /// <summary>Version of RabbitMQ, when one was measured.</summary>
    public string? Broker { get; set; }

    /// <summary>Whether every target was met.</summary>
    public bool Passed { get; private set; } = true;

    public void Add(string name, RoundResult round)
    {
        var load = round.Load;
        _rounds.Add($"| {name} | {load.PerSecond:N0} | {load.Median.TotalMilliseconds:F1} | {load.Slow.TotalMilliseconds:F1} | {round.CpuMicroseconds:F0} | {round.Bytes:N0} | {load.Failed} |");
        Console.WriteLine(_rounds[^1]);
    }

    public void Target(string name, string measured, string target, bool met)
    {
        Passed &= met;
        _targets.Add($"| {name} | {measured} | {target} | {(met ? "PASS" : "FAIL")} |");
    }

    public void Print()
    {
        Console.WriteLine($"\n{_machine}{(Broker is null ? "" : $"; RabbitMQ {Broker}")}\n");
        Console.WriteLine("| round | requests/s | median ms | 99 % ms | CPU µs each | bytes each | failed |\n|---|--:|--:|--:|--:|--:|--:|");
        foreach (var line in _rounds) Console.WriteLine(line);
        Console.WriteLine("\n| what | measured | target | |\n|---|--:|--:|---|");
        foreach (var line in _targets) Console.WriteLine(line);
    }
}
