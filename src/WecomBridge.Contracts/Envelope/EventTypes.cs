using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace WecomBridge.Contracts;

/// <summary>One message type of the contract.</summary>
/// <param name="Name"><c>entity.action</c>: the third and fourth word of the routing key.</param>
/// <param name="DataType">The record of its data.</param>
/// <param name="Exchange">Where it is published.</param>
public sealed record EventTypeInfo(string Name, Type DataType, EventExchange Exchange)
{
    /// <summary>The CloudEvents type: <c>com.wecombridge.&lt;name&gt;.v1</c>.</summary>
    public string CloudEventType { get; } = $"com.wecombridge.{Name}.v1";

    /// <summary>The CloudEvents data schema: <c>urn:wecombridge:&lt;name&gt;.v1</c>.</summary>
    public string DataSchema { get; } = $"urn:wecombridge:{Name}.v1";

    /// <summary>Name of the exchange.</summary>
    public string ExchangeName => Exchange switch
    {
        EventExchange.Events => Exchanges.Events,
        EventExchange.Profiles => Exchanges.Profiles,
        _ => Exchanges.Commands,
    };
}

/// <summary>The closed list of message types of contract version 1.</summary>
public static class EventTypes
{
    /// <summary>Every type: original events, derived events, commands.</summary>
    public static IReadOnlyList<EventTypeInfo> All { get; } =
    [
        One<CustomerAdded>(),
        One<CustomerHalfAdded>(),
        One<CustomerEdited>(),
        One<CustomerRemoved>(),
        One<CustomerLeft>(),
        One<CustomerTransferFailed>(),
        One<CustomerArchiveAgreed>(),
        One<GroupCreated>(),
        One<GroupMembersAdded>(),
        One<GroupMembersRemoved>(),
        One<GroupOwnerChanged>(),
        One<GroupRenamed>(),
        One<GroupNoticeChanged>(),
        One<GroupDismissed>(),
        One<TagCreated>(),
        One<TagUpdated>(),
        One<TagDeleted>(),
        One<TagReordered>(),
        One<QuotaLow>(),
        One<QuotaExhausted>(),
        One<QuotaIncreased>(),
        One<QuotaExpiring>(),
        One<LinkUnavailable>(),
        One<LinkDeleted>(),
        One<LinkProfileOpened>(),
        One<LinkFriendRequested>(),
        One<LinkChatStarted>(),
        One<LinkMessageReceived>(),
        One<LinkCustomerLeft>(),
        One<StaffCreated>(),
        One<StaffUpdated>(),
        One<StaffDeleted>(),
        One<DepartmentCreated>(),
        One<DepartmentUpdated>(),
        One<DepartmentDeleted>(),
        One<StaffTagUpdated>(),
        One<JobCompleted>(),
        One<ArchiveAvailable>(),
        One<KfActivity>(),
        One<ApprovalChanged>(),
        .. Family<AppNotified>(AppActions.All),
        One<MessageReceived>(),
        .. Family<SuiteNotified>(SuiteActions.All),
        One<CallbackUnrecognized>(),
        One<ProfileUpdated>(),
        One<ProfileTagsChanged>(),
        One<WelcomeSent>(),
        One<WelcomeMissed>(),
        One<GroupMemberJoined>(),
        One<GroupMemberLeft>(),
        One<GroupResynced>(),
        One<GroupUpdated>(),
        One<GroupProfileUpdated>(),
        One<CommandRejected>(),
        One<ApplyTags>(),
        One<RefreshProfile>(),
    ];

    private static readonly Dictionary<string, EventTypeInfo> ByName = All.ToDictionary(type => type.Name, StringComparer.Ordinal);
    private static readonly Dictionary<string, EventTypeInfo> ByCloudEventType = All.ToDictionary(type => type.CloudEventType, StringComparer.Ordinal);

    /// <summary>The type of a record that stands for one type.</summary>
    /// <exception cref="InvalidOperationException">The record is no message of the contract, or serves a family: ask by name.</exception>
    public static EventTypeInfo Of<TData>() => Single<TData>.Info
        ?? throw new InvalidOperationException($"{typeof(TData).Name} does not stand for one message type.");

    /// <summary>Finds a type by <c>entity.action</c>.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out EventTypeInfo? type) => ByName.TryGetValue(name, out type);

    /// <summary>Finds a type by its CloudEvents type.</summary>
    public static bool TryFindCloudEventType(string cloudEventType, [NotNullWhen(true)] out EventTypeInfo? type) =>
        ByCloudEventType.TryGetValue(cloudEventType, out type);

    private static EventTypeInfo One<TData>()
    {
        var attribute = typeof(TData).GetCustomAttribute<EventTypeAttribute>()!;
        return new EventTypeInfo(attribute.Name, typeof(TData), attribute.Exchange);
    }

    private static IEnumerable<EventTypeInfo> Family<TData>(IReadOnlyList<string> actions)
    {
        var attribute = typeof(TData).GetCustomAttribute<EventTypeAttribute>()!;
        return actions.Select(action => new EventTypeInfo(attribute.Name.Replace("*", action, StringComparison.Ordinal), typeof(TData), attribute.Exchange));
    }

    private static class Single<TData>
    {
        public static readonly EventTypeInfo? Info = All.Where(type => type.DataType == typeof(TData)).Take(2).ToArray() is [var only] ? only : null;
    }
}
