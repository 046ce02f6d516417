namespace WecomBridge.Operations;

/// <summary>Settings that may name where a secret is instead of holding it.</summary>
internal static class SecretText
{
    /// <summary>The value itself, or what <c>env:NAME</c> or <c>file:PATH</c> (line ends at its end cut off) names.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set or the file cannot be read; the message names it and holds no secret.</exception>
    public static string Resolve(string value)
    {
        if (value.StartsWith("env:", StringComparison.Ordinal))
        {
            var name = value[4..];
            return Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"The environment variable {name} is not set.");
        }

        if (!value.StartsWith("file:", StringComparison.Ordinal)) return value;
        try
        {
            return File.ReadAllText(value[5..]).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The file {value[5..]} cannot be read.", exception);
        }
    }
}
