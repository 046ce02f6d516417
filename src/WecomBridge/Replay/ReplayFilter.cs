using System.Globalization;
using WecomBridge.DeadLetters;
using WecomBridge.Rules;

namespace WecomBridge.Replay;

/// <summary>Which events of the log; each null means any.</summary>
/// <param name="From">Not before, by the event's own time.</param>
/// <param name="To">Before, by the event's own time.</param>
/// <param name="Type">Such as <c>customer.added</c>, or a pattern with <c>*</c> and <c>?</c>.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="Customer">The customer's id.</param>
internal sealed record ReplayFilter(DateTimeOffset? From, DateTimeOffset? To, string? Type, string? Corp, string? Customer)
{
    /// <param name="letter">What the headers say.</param>
    /// <param name="time">The event's own time.</param>
    public bool Matches(Letter letter, DateTimeOffset time) =>
        !(time < From) && !(time >= To) && (Type is null || Pattern.Matches(Type, letter.Type)) && (Corp is null || Corp == letter.Corp) && (Customer is null || Customer == letter.Subject);

    public override string ToString() => string.Join(", ", new[] { ("from", Text(From)), ("to", Text(To)), ("type", Type), ("corp", Corp), ("customer", Customer) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}").DefaultIfEmpty("everything"));

    private static string? Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
