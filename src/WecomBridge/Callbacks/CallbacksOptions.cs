using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WecomBridge.Callbacks;

/// <summary>How callbacks are taken. Section <c>Callbacks</c>.</summary>
internal sealed class CallbacksOptions
{
    public const string Section = "Callbacks";

    /// <summary>Largest body taken, bytes; a larger one is answered 413. Default 262144; 1024 to 262144, so that every event fits the bus.</summary>
    [Range(1024, 262144)]
    public int MaxBodyBytes { get; set; } = 262144;

    /// <summary>How long a callback may take to become durable; after that the connection is aborted and WeCom calls again. Default 4 s: WeCom waits 5 s. 1 to 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan AnswerBudget { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether the text of messages that staff write to the app goes into <c>message.received</c>. Personal data. Default false.</summary>
    public bool IncludeMessageContent { get; set; }
}

[OptionsValidator]
internal sealed partial class CallbacksOptionsValidator : IValidateOptions<CallbacksOptions>;
