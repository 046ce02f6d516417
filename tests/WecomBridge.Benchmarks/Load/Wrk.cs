using System.Diagnostics;
using System.Globalization;
using System.Text;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks.Load;

/// <summary>What one run of the generator saw.</summary>
/// <param name="PerSecond">Answers with 200 a second.</param>
/// <param name="Requests">Answers.</param>
/// <param name="Failed">Connections that broke and answers other than 2xx.</param>
/// <param name="Median">Half of the answers came within.</param>
/// <param name="Slow">99 of 100 answers came within.</param>
internal sealed record LoadResult(double PerSecond, long Requests, long Failed, TimeSpan Median, TimeSpan Slow);

/// <summary>The load generator: wrk, HTTP/1.1 keep-alive. It is small next to the service, which shares the cores with it.</summary>
internal sealed class Wrk
{
    public const int Connections = 128;
    private const string Binary = "/usr/bin/wrk";
    private readonly string _requests;

    private Wrk(string requests) => _requests = requests;

    public static bool IsInstalled => File.Exists(Binary);

    /// <summary>Prepares distinct callbacks, encrypted before any clock starts.</summary>
    public static Wrk Prepare(string folder, int count, Func<CallbackCrypto, int, SampleCallback> callback)
    {
        var file = Path.Combine(folder, $"requests-{Guid.NewGuid():N}");
        using var crypto = new CallbackCrypto(SampleCallback.Token, SampleCallback.AesKey, SampleCallback.CorpId);
        using var output = new BufferedStream(File.Create(file), 1 << 20);
        for (var number = 0; number < count; number++)
        {
            var sample = callback(crypto, number);
            var head = Encoding.ASCII.GetBytes(
                $"?msg_signature={sample.Signature}&timestamp={SampleCallback.Timestamp}&nonce={SampleCallback.Nonce} HTTP/1.1\r\n" +
                $"Host: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {sample.Body.Length}\r\n\r\n");
            output.Write(Encoding.ASCII.GetBytes($"{head.Length + sample.Body.Length}\n"));
            output.Write(head);
            output.Write(sample.Body);
        }

        return new Wrk(file);
    }

    /// <summary>Posts the callbacks to a path for a while.</summary>
    public async Task<LoadResult> RunAsync(Uri service, string path, TimeSpan time)
    {
        var start = new ProcessStartInfo(Binary) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
            ["-t1", $"-c{Connections}", $"-d{time.TotalSeconds:F0}s", "--timeout", "10s", "-s", Path.Combine(AppContext.BaseDirectory, "Load", "requests.lua"), service.ToString(), "--", _requests, path])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Parse(output);
    }

    private static LoadResult Parse(string output)
    {
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith("result ", StringComparison.Ordinal)) ?? throw new InvalidOperationException("wrk gave no result: " + output);
        var numbers = line.Split(' ').Skip(1).Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new LoadResult((numbers[0] - numbers[2]) / (numbers[1] / 1e6), numbers[0], numbers[2], TimeSpan.FromMicroseconds(numbers[3]), TimeSpan.FromMicroseconds(numbers[4]));
    }
}
