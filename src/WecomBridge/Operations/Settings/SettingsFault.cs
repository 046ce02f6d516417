namespace WecomBridge.Operations;

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Path">The setting, or the file that cannot be read.</param>
/// <param name="Sentence">What is wrong, beginning with <paramref name="Path"/>; no secret.</param>
internal sealed record SettingsFault(string Path, string Sentence)
{
    /// <summary>What stands there, cut and without secrets; null when nothing does or it says no more.</summary>
    public string? Value { get; init; }

    /// <summary>What would be right, one sentence; null when <see cref="Sentence"/> says it.</summary>
    public string? Remedy { get; init; }

    /// <summary><see cref="Sentence"/> without the path.</summary>
    public string Rule => Sentence.StartsWith(Path, StringComparison.Ordinal) ? Sentence[Path.Length..].TrimStart(':', ' ') : Sentence;

    /// <summary>All of it in one line.</summary>
    public override string ToString() => string.Join(' ', new[] { Sentence, Value is null || Sentence.Contains(Value, StringComparison.Ordinal) ? null : $"It is {Value}.", Remedy }.OfType<string>());
}

/// <summary>The settings cannot be used; all of their faults.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingsFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<SettingsFault> Faults { get; } = faults;
}
