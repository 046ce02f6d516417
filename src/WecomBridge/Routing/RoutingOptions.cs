namespace WecomBridge.Routing;

/// <summary>Who gets which events. Section <c>Routing</c>; needs <c>Broker:Transport</c> <c>RabbitMq</c>.</summary>
internal sealed class RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>Subscribers by name (<c>[a-z0-9_-]{1,32}</c>). Default: none.</summary>
    public Dictionary<string, SubscriberOptions> Subscribers { get; set; } = [];
}

/// <summary>One subscriber's queue and what is bound to it.</summary>
internal sealed class SubscriberOptions
{
    /// <summary>Quorum queue to declare, <c>crm.&lt;team&gt;.&lt;purpose&gt;</c>; its dead letters go to the same name plus <c>.dlq</c>. Required.</summary>
    public string Queue { get; set; } = "";

    /// <summary>Events as <c>entity.action</c>, <c>entity.*</c> or <c>*</c> for all; <c>profile.updated</c> and <c>profile.tags_changed</c> carry CRM facts and are bound only when named. Required, at least one.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    /// <summary>Corps by their configured names. Default: all.</summary>
    public IReadOnlyList<string> Corps { get; set; } = [];
}
