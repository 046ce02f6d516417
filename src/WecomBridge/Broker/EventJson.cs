using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>How the messages of the contract are written and read. Absent and null are the same; unknown fields are ignored.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CloudEvent<CustomerAdded>))]
[JsonSerializable(typeof(CloudEvent<CustomerHalfAdded>))]
[JsonSerializable(typeof(CloudEvent<CustomerEdited>))]
[JsonSerializable(typeof(CloudEvent<CustomerRemoved>))]
[JsonSerializable(typeof(CloudEvent<CustomerLeft>))]
[JsonSerializable(typeof(CloudEvent<CustomerTransferFailed>))]
[JsonSerializable(typeof(CloudEvent<CustomerArchiveAgreed>))]
[JsonSerializable(typeof(CloudEvent<GroupCreated>))]
[JsonSerializable(typeof(CloudEvent<GroupMembersAdded>))]
[JsonSerializable(typeof(CloudEvent<GroupMembersRemoved>))]
[JsonSerializable(typeof(CloudEvent<GroupOwnerChanged>))]
[JsonSerializable(typeof(CloudEvent<GroupRenamed>))]
[JsonSerializable(typeof(CloudEvent<GroupNoticeChanged>))]
[JsonSerializable(typeof(CloudEvent<GroupDismissed>))]
[JsonSerializable(typeof(CloudEvent<TagCreated>))]
[JsonSerializable(typeof(CloudEvent<TagUpdated>))]
[JsonSerializable(typeof(CloudEvent<TagDeleted>))]
[JsonSerializable(typeof(CloudEvent<TagReordered>))]
[JsonSerializable(typeof(CloudEvent<QuotaLow>))]
[JsonSerializable(typeof(CloudEvent<QuotaExhausted>))]
[JsonSerializable(typeof(CloudEvent<QuotaIncreased>))]
[JsonSerializable(typeof(CloudEvent<QuotaExpiring>))]
[JsonSerializable(typeof(CloudEvent<LinkUnavailable>))]
[JsonSerializable(typeof(CloudEvent<LinkDeleted>))]
[JsonSerializable(typeof(CloudEvent<LinkProfileOpened>))]
[JsonSerializable(typeof(CloudEvent<LinkFriendRequested>))]
[JsonSerializable(typeof(CloudEvent<LinkChatStarted>))]
[JsonSerializable(typeof(CloudEvent<LinkMessageReceived>))]
[JsonSerializable(typeof(CloudEvent<LinkCustomerLeft>))]
[JsonSerializable(typeof(CloudEvent<StaffCreated>))]
[JsonSerializable(typeof(CloudEvent<StaffUpdated>))]
[JsonSerializable(typeof(CloudEvent<StaffDeleted>))]
[JsonSerializable(typeof(CloudEvent<DepartmentCreated>))]
[JsonSerializable(typeof(CloudEvent<DepartmentUpdated>))]
[JsonSerializable(typeof(CloudEvent<DepartmentDeleted>))]
[JsonSerializable(typeof(CloudEvent<StaffTagUpdated>))]
[JsonSerializable(typeof(CloudEvent<JobCompleted>))]
[JsonSerializable(typeof(CloudEvent<ArchiveAvailable>))]
[JsonSerializable(typeof(CloudEvent<KfActivity>))]
[JsonSerializable(typeof(CloudEvent<ApprovalChanged>))]
[JsonSerializable(typeof(CloudEvent<AppNotified>))]
[JsonSerializable(typeof(CloudEvent<MessageReceived>))]
[JsonSerializable(typeof(CloudEvent<SuiteNotified>))]
[JsonSerializable(typeof(CloudEvent<CallbackUnrecognized>))]
[JsonSerializable(typeof(CloudEvent<ProfileUpdated>))]
[JsonSerializable(typeof(CloudEvent<ProfileTagsChanged>))]
[JsonSerializable(typeof(CloudEvent<WelcomeSent>))]
[JsonSerializable(typeof(CloudEvent<WelcomeMissed>))]
[JsonSerializable(typeof(CloudEvent<GroupMemberJoined>))]
[JsonSerializable(typeof(CloudEvent<GroupMemberLeft>))]
[JsonSerializable(typeof(CloudEvent<GroupResynced>))]
[JsonSerializable(typeof(CloudEvent<GroupUpdated>))]
[JsonSerializable(typeof(CloudEvent<GroupProfileUpdated>))]
[JsonSerializable(typeof(CloudEvent<CommandRejected>))]
[JsonSerializable(typeof(CloudEvent<ApplyTags>))]
[JsonSerializable(typeof(CloudEvent<RefreshProfile>))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>How to write the data of a message.</summary>
    public static JsonTypeInfo<TData> DataOf<TData>() => TypeInfo<TData>.Value;

    /// <summary>How to read a message.</summary>
    public static JsonTypeInfo<CloudEvent<TData>> EnvelopeOf<TData>()
        where TData : class => TypeInfo<CloudEvent<TData>>.Value;

    private static class TypeInfo<TMessage>
    {
        public static readonly JsonTypeInfo<TMessage> Value = (JsonTypeInfo<TMessage>?)Default.GetTypeInfo(typeof(TMessage))
            ?? throw new NotSupportedException($"{typeof(TMessage)} is no message of the contract.");
    }
}
