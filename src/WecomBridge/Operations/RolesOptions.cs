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

    /// <summary>The roles; words that are none are left out, they are faults of their own (<see cref="SettingsShape"/>).</summary>
    public static IReadOnlySet<Role> Read(IConfiguration configuration)
    {
        var roles = (configuration.GetSection(Key).Get<string[]>() ?? []).Where(name => Enum.TryParse<Role>(name, ignoreCase: true, out _)).Select(name => Enum.Parse<Role>(name, ignoreCase: true)).ToHashSet();
        return roles.Count > 0 ? roles : Enum.GetValues<Role>().ToHashSet();
    }

    /// <summary>Null when one instance may do these alone.</summary>
    public static SettingsFault? FindFault(IReadOnlySet<Role> roles, bool isEmbedded) => isEmbedded && roles.Count < Enum.GetValues<Role>().Length
        ? new SettingsFault(Key, $"{Key}: with Broker:Transport Embedded one instance does everything; name all of {string.Join(", ", Enum.GetNames<Role>())} or none.")
        : null;
}
