using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WecomBridge.Work;

/// <summary>How due work is worked. Section <c>Work</c>.</summary>
internal sealed class WorkOptions
{
    public const string Section = "Work";

    /// <summary>Pieces worked at once in each lane of this instance. Default 8.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;

    /// <summary>How long a crashed instance's work waits for another; a living one renews its leases. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:30:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often each lane looks for work that another instance marked or whose time has come. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one piece may take; then it is stopped and counts as failed. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stopping service lets pieces finish before it breaks them off. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(10);
}

[OptionsValidator]
internal sealed partial class WorkOptionsValidator : IValidateOptions<WorkOptions>;
