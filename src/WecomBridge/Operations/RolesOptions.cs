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

    /// <exception cref="InvalidOperationException">A role is not known, or the embedded transport is asked to do a part.</exception>
    public static IReadOnlySet<Role> Read(IConfiguration configuration, bool isEmbedded)
    {
        var names = configuration.GetSection(Key).Get<string[]>() ?? [];
        if (names.Length == 0) return Enum.GetValues<Role>().ToHashSet();
        var roles = names.Select(name => Enum.TryParse<Role>(name, ignoreCase: true, out var role)
            ? role
            : throw new InvalidOperationException($"{Key}: '{name}' is none of {string.Join(", ", Enum.GetNames<Role>())}.")).ToHashSet();
        if (isEmbedded && roles.Count < Enum.GetValues<Role>().Length)
            throw new InvalidOperationException($"{Key}: with Broker:Transport Embedded one instance does everything; name all of {string.Join(", ", Enum.GetNames<Role>())} or none.");
        return roles;
    }
}
