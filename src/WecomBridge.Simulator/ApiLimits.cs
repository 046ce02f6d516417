using System.Collections.Concurrent;

namespace WecomBridge.Simulator;

/// <summary>Limits of the API, per corp and API path (errors-and-limits 4).</summary>
public sealed class ApiLimits
{
    /// <summary>Calls a minute; above it 45009 for <see cref="MinuteBlock"/>. Default 10,000.</summary>
    public int PerMinute { get; set; } = 10_000;

    /// <summary>Calls an hour; above it 45009 for <see cref="HourBlock"/>. Default 150,000.</summary>
    public int PerHour { get; set; } = 150_000;

    /// <summary>How the minute and the hour are measured, which the platform does not publish. Default <see cref="RateWindowKind.Fixed"/>.</summary>
    public RateWindowKind Window { get; set; }

    /// <summary>How long a spent minute blocks. Default 60 s.</summary>
    public TimeSpan MinuteBlock { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a spent hour blocks. Default 60 min.</summary>
    public TimeSpan HourBlock { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether a call during a block starts it anew, which is not certain but advised. Default true.</summary>
    public bool CallsProlongBlocks { get; set; } = true;

    /// <summary>List calls at once; above it 45033. The platform's number is unpublished; default 50.</summary>
    public int ListConcurrency { get; set; } = 50;

    /// <summary>Calls at once by API path, lists or not; a path that is not here has <see cref="ListConcurrency"/> when it lists, else none.</summary>
    public ConcurrentDictionary<string, int> Concurrency { get; } = new(StringComparer.Ordinal);

    /// <summary><c>gettoken</c> calls an hour and app; above it 45009. The platform's number is unpublished; default 300 (2017).</summary>
    public int TokensPerHour { get; set; } = 300;

    /// <summary>Wrong secrets after which an address is banned for an hour (45009). Default 5.</summary>
    public int WrongSecrets { get; set; } = 5;

    /// <summary>Tickets an hour and app; above it 45009. Default 100.</summary>
    public int TicketsPerHour { get; set; } = 100;

    /// <summary>Messages a minute from one app to one member; those above are dropped without a word. Default 30.</summary>
    public int MessagesPerMinute { get; set; } = 30;

    /// <summary>Images a day for <c>media/uploadimg</c>; above it 45009. Default 1000.</summary>
    public int ImagesPerDay { get; set; } = 1_000;

    /// <summary>Corp tags a corp may have; above it 40126. The documents say 10,000 here and 3,000 there; default the smaller.</summary>
    public int CorpTags { get; set; } = 3_000;

    internal int ConcurrencyOf(string path, bool isList) => Concurrency.TryGetValue(path, out var most) ? most : isList ? ListConcurrency : int.MaxValue;
}

/// <summary>How calls a minute and an hour are counted.</summary>
public enum RateWindowKind
{
    /// <summary>A window begins with the first call after the last one ended.</summary>
    Fixed,
    /// <summary>The last 60 s and the last 60 min at every moment.</summary>
    Sliding,
}
