namespace WecomBridge.Simulator.Platform;

/// <summary>Whose secret an app has (api.md 0.1); some APIs take only some kinds and answer others with 48002.</summary>
[Flags]
public enum AppKinds
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>A self-built app (自建应用).</summary>
    SelfBuilt = 1,
    /// <summary>The system app 客户联系, which old corps still have: rule groups, but no acquisition links.</summary>
    CustomerContact = 2,
    /// <summary>Contacts sync (通讯录同步).</summary>
    ContactsSync = 4,
    /// <summary>A provider-developed app (代开发).</summary>
    ProviderDeveloped = 8,
    /// <summary>Any of them.</summary>
    All = SelfBuilt | CustomerContact | ContactsSync | ProviderDeveloped,
}
