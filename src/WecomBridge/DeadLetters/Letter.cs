namespace WecomBridge.DeadLetters;

/// <summary>A message that its consumer could not take, as an operator sees it: without its data, which may be personal.</summary>
/// <param name="Queue">Whose consumer it was: the queue it came from.</param>
/// <param name="Id">CloudEvents id; what the message carries where it is no CloudEvent.</param>
/// <param name="Type">Such as <c>customer.added</c>; empty when it says none.</param>
/// <param name="Reason">Why, without personal data.</param>
/// <param name="At">When it was moved; null when nothing says so.</param>
/// <param name="Corp">Configured name of the corp; empty when it says none.</param>
/// <param name="Subject">Id of whom or what it is about; empty when it says none.</param>
/// <param name="Bytes">Size of the body.</param>
internal sealed record Letter(string Queue, string Id, string Type, string Reason, DateTimeOffset? At, string Corp, string Subject, int Bytes)
{
    private const string Prefix = "com.wecombridge.";
    private const string Header = "cloudEvents_";

    /// <summary>Reads what the headers say.</summary>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="id">Message id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">When it was moved.</param>
    /// <param name="headers">CloudEvents attributes as AMQP headers; others are passed over.</param>
    /// <param name="bytes">Size of the body.</param>
    public static Letter Of(string queue, string? id, string reason, DateTimeOffset? at, IReadOnlyDictionary<string, string> headers, int bytes) =>
        new(queue, id ?? "", ShortType(headers.GetValueOrDefault(Header + "type", "")), reason, at, CorpOf(headers.GetValueOrDefault(Header + "source", "")), headers.GetValueOrDefault(Header + "subject", ""), bytes);

    private static string ShortType(string type) =>
        type.StartsWith(Prefix, StringComparison.Ordinal) && type.LastIndexOf(".v", StringComparison.Ordinal) is var end && end > Prefix.Length ? type[Prefix.Length..end] : type;

    private static string CorpOf(string source) => source.Split('/') is ["", "wecom", var corp, ..] ? corp : "";
}

/// <summary>Which letters; each null means any.</summary>
/// <param name="Queue">The queue they came from, or a pattern with <c>*</c> and <c>?</c>.</param>
/// <param name="Type">The same for types.</param>
/// <param name="Reason">The same for reasons.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="Id">One message.</param>
internal sealed record LetterFilter(string? Queue, string? Type, string? Reason, string? Corp, string? Id)
{
    public bool IsEmpty => this == new LetterFilter(null, null, null, null, null);

    public bool Matches(Letter letter) =>
        TakesQueue(letter.Queue) && Fits(Type, letter.Type) && Fits(Reason, letter.Reason) && (Corp is null || Corp == letter.Corp) && (Id is null || string.Equals(Id, letter.Id, StringComparison.OrdinalIgnoreCase));

    public bool TakesQueue(string queue) => Fits(Queue, queue);

    public override string ToString() => IsEmpty
        ? "everything"
        : string.Join(", ", new[] { ("queue", Queue), ("type", Type), ("reason", Reason), ("corp", Corp), ("id", Id) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}"));

    private static bool Fits(string? pattern, string text) => pattern is null || Rules.Pattern.Matches(pattern, text, ignoreCase: true);
}
