using System.Text.Json;
using System.Text.RegularExpressions;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Contracts;

/// <summary>The vectors of <c>docs/subscribing/event-ids.md</c>.</summary>
internal sealed partial record EventIdVectors(
    IReadOnlyList<IdVector> Ids, IReadOnlyList<UnreadableVector> Unreadable, IReadOnlyList<DerivedVector> Derived, IReadOnlyList<PartitionVector> Partitions)
{
    public static string PagePath => RepositoryFiles.PathOf("docs", "subscribing", "event-ids.md");

    public static EventIdVectors Read()
    {
        var block = JsonBlock().Match(File.ReadAllText(PagePath));
        block.Success.ShouldBeTrue("The page has its vectors in a block of JSON.");
        return JsonSerializer.Deserialize<EventIdVectors>(block.Groups["json"].Value, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex("```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonBlock();
}

internal sealed record IdVector(string Why, string Corp, string? Xml, string[][] Elements, Guid Id)
{
    public CallbackDocument Document => new([.. Elements.Select(pair => new CallbackElement(pair[0], pair[1]))]);
}

internal sealed record UnreadableVector(string Why, string Corp, string Plaintext, Guid Id);

internal sealed record DerivedVector(string Why, Guid Cause, string Type, string Discriminator, Guid Id);

internal sealed record PartitionVector(string PartitionKey, string Partition);
