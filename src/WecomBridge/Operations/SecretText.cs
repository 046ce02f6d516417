namespace WecomBridge.Operations;

/// <summary>Settings that may name where a secret is instead of holding it.</summary>
internal static class SecretText
{
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <summary>The value itself, or what <c>env:NAME</c> or <c>file:PATH</c> (line ends at its end cut off) names.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set or the file cannot be read; the message names it and holds no secret.</exception>
    public static string Resolve(string value)
    {
        if (value.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var name = value[FromEnvironment.Length..];
            return Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"The environment variable {name} is not set.");
        }

        if (!value.StartsWith(FromFile, StringComparison.Ordinal)) return value;
        var path = value[FromFile.Length..];
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidOperationException($"The file {path} cannot be read.", exception);
        }
    }

    /// <summary>The setting holds the secret itself.</summary>
    public static bool IsInline(string value) => !value.StartsWith(FromEnvironment, StringComparison.Ordinal) && !value.StartsWith(FromFile, StringComparison.Ordinal);

    /// <summary>What is wrong with a secret's setting, without showing it; null when it can be used.</summary>
    /// <param name="path">Key of the setting, such as <c>Wecom:Corps:acme:Apps:contact:Secret</c>.</param>
    /// <param name="value">The setting as written.</param>
    /// <param name="inlineAllowed">Whether the setting may hold the secret itself (only in Development).</param>
    /// <param name="resolved">The secret, when nothing is wrong.</param>
    public static string? FindFault(string path, string? value, bool inlineAllowed, out string resolved)
    {
        resolved = "";
        if (string.IsNullOrEmpty(value)) return $"{path} is missing.";
        if (!inlineAllowed && IsInline(value)) return $"{path} must be given as env:NAME or file:PATH; it may stand in the settings only in the Development environment.";
        try
        {
            resolved = Resolve(value);
        }
        catch (InvalidOperationException exception)
        {
            return $"{path}: {exception.Message}";
        }

        return resolved.Length == 0 ? $"{path} names something empty." : null;
    }
}
