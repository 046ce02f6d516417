namespace WecomBridge.Operations;

/// <summary>What an instance does.</summary>
internal enum Role
{
    /// <summary>Takes callbacks.</summary>
    Intake,

    /// <summary>Sends greetings.</summary>
    Welcome,

    /// <summary>Keeps tags, profiles and groups true.</summary>
    Work,
}

/// <summary>Reads the setting <c>Roles</c>: what this instance does. Default: everything.</summary>
internal static class Roles
{
    public const string Key = "Roles";

    /// <exception cref="InvalidOperationException">A role is not known.</exception>
    public static IReadOnlySet<Role> Read(IConfiguration configuration)
    {
        var names = configuration.GetSection(Key).Get<string[]>() ?? [];
        if (names.Length == 0) return Enum.GetValues<Role>().ToHashSet();
        return names.Select(name => Enum.TryParse<Role>(name, ignoreCase: true, out var role)
            ? role
            : throw new InvalidOperationException($"Roles: '{name}' is none of {string.Join(", ", Enum.GetNames<Role>())}.")).ToHashSet();
    }
}
