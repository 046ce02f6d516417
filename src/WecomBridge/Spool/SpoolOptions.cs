using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WecomBridge.Spool;

/// <summary>The local store that keeps callbacks while the broker cannot. Section <c>Spool</c>.</summary>
internal sealed class SpoolOptions
{
    public const string Section = "Spool";

    /// <summary>SQLite file, relative to the working directory. Default <c>data/spool.db</c>. Give each instance its own.</summary>
    [Required]
    public string Path { get; set; } = "data/spool.db";

    /// <summary>Bytes of waiting messages (bodies and addresses, not SQLite's own overhead) above which nothing more is taken. Default 10 GiB; 1 MiB to 1 TiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxBytes { get; set; } = 10L << 30;
}

[OptionsValidator]
internal sealed partial class SpoolOptionsValidator : IValidateOptions<SpoolOptions>;
