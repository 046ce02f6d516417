using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Broker;

/// <summary>Where events go.</summary>
internal enum BrokerTransport
{
    /// <summary>No broker: the spool hands each event to the bridge's own consumers in this process.</summary>
    Embedded,

    /// <summary>RabbitMQ 3.10 or later.</summary>
    RabbitMq,
}

/// <summary>The bus. Section <c>Broker</c>.</summary>
internal sealed class BrokerOptions
{
    public const string Section = "Broker";

    /// <summary><c>Embedded</c> (nothing to install, no subscribers) or <c>RabbitMq</c>. Default <c>Embedded</c>.</summary>
    public BrokerTransport Transport { get; set; } = BrokerTransport.Embedded;

    /// <summary>The transport that settings name, before options exist: it decides what is registered.</summary>
    public static BrokerTransport TransportOf(IConfiguration configuration) => configuration.GetSection(Section).GetValue(nameof(Transport), BrokerTransport.Embedded);

    /// <summary>AMQP address, such as <c>amqps://user:password@host:5671/vhost</c>; may be <c>env:NAME</c> or <c>file:PATH</c>. Default <c>amqp://localhost:5672/</c>. Used with RabbitMq only.</summary>
    [Required]
    public string Uri { get; set; } = "amqp://localhost:5672/";

    /// <summary>Address of RabbitMQ's management plug-in, such as <c>http://host:15672/</c>, with user and password in it or those of <see cref="Uri"/>; may be <c>env:NAME</c> or <c>file:PATH</c>. With it the limits of subscribers' queues are policies, which may change, and the broker is asked what is bound. Default: none, limits are arguments of the queues.</summary>
    public string? ManagementUrl { get; set; }

    /// <summary>The replay log <c>wecom.log</c>.</summary>
    [ValidateObjectMembers]
    public BrokerLogOptions Log { get; set; } = new();
}

/// <summary>Limits of the replay log. Section <c>Broker:Log</c>.</summary>
internal sealed class BrokerLogOptions
{
    /// <summary>How long events are kept for replay. Default 7 days; 0 switches the log off; at most 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes kept for replay. Default 10 GiB; 1 MiB to 10 TiB.</summary>
    [Range(1L << 20, 10L << 40)]
    public long MaxBytes { get; set; } = 10L << 30;
}

[OptionsValidator]
internal sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;

/// <summary>Checks the broker's addresses where they are used.</summary>
internal sealed class BrokerUriValidator : IValidateOptions<BrokerOptions>
{
    private const string Key = $"{BrokerOptions.Section}:{nameof(BrokerOptions.Uri)}";
    private const string ManagementKey = $"{BrokerOptions.Section}:{nameof(BrokerOptions.ManagementUrl)}";

    public ValidateOptionsResult Validate(string? name, BrokerOptions options)
    {
        if (options.Transport != BrokerTransport.RabbitMq) return ValidateOptionsResult.Skip;
        if (SecretText.FindFault(Key, options.Uri, inlineAllowed: true, out var address) is { } fault) return ValidateOptionsResult.Fail(fault);

        // Both addresses hold passwords: a fault never shows them.
        var faults = new List<string>();
        if (!IsAddress(address, "amqp", "amqps")) faults.Add($"{Key} is no address of the form amqp://user:password@host:5672/vhost or amqps://….");
        if (options.ManagementUrl is not null)
        {
            if (SecretText.FindFault(ManagementKey, options.ManagementUrl, inlineAllowed: true, out var management) is { } unreadable) faults.Add(unreadable);
            else if (!IsAddress(management, "http", "https")) faults.Add($"{ManagementKey} is no address of the form http://user:password@host:15672/ or https://….");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsAddress(string address, string scheme, string secureScheme) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == scheme || uri.Scheme == secureScheme);
}
