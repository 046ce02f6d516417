using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>Customers, their groups, their tags.</summary>
internal static partial class EventMapper
{
    private const string AllTags = "all";

    private static MappedEvent? Customer(ExternalContactEvent contact, in Frame frame)
    {
        var source = frame.Source;
        var (userId, customer) = (contact.UserId, contact.ExternalUserId);
        return contact.Change switch
        {
            ExternalContactChange.Added => Greetable(contact, frame, new CustomerAdded
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
                State = NullIfEmpty(contact.State), HasWelcomeCode = HasCode(contact),
            }),
            ExternalContactChange.HalfAdded => Greetable(contact, frame, new CustomerHalfAdded
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
                State = NullIfEmpty(contact.State), HasWelcomeCode = HasCode(contact),
            }),
            ExternalContactChange.Edited => frame.Event(customer, new CustomerEdited
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
            }),
            ExternalContactChange.RemovedByMember => frame.Event(customer, new CustomerRemoved
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
                Reason = WireWords.RemovalReason(contact.Source),
            }),
            ExternalContactChange.LeftByCustomer => frame.Event(customer, new CustomerLeft
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
            }),
            ExternalContactChange.TransferFailed => frame.Event(customer, new CustomerTransferFailed
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
                FailReason = NullIfEmpty(contact.FailReason) ?? TransferFailReasons.Unknown,
            }),
            ExternalContactChange.ArchiveAgreed => Greetable(contact, frame, new CustomerArchiveAgreed
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, UserId = userId, ExternalUserId = customer,
                HasWelcomeCode = HasCode(contact),
            }),
            _ => null,
        };
    }

    private static bool HasCode(ExternalContactEvent contact) => !string.IsNullOrEmpty(contact.WelcomeCode);

    private static MappedEvent Greetable<TData>(ExternalContactEvent contact, in Frame frame, TData data)
        where TData : CustomerEventData =>
        frame.Event(EventTypes.Of<TData>(), contact.ExternalUserId, contact.ExternalUserId, data, new WelcomeOffer
        {
            EventId = frame.Id,
            Change = contact.Change,
            UserId = contact.UserId,
            ExternalUserId = contact.ExternalUserId,
            State = NullIfEmpty(contact.State),
            WelcomeCode = NullIfEmpty(contact.WelcomeCode),
            CreatedAt = frame.Time,
        });

    private static MappedEvent? Group(ExternalChatEvent chat, in Frame frame)
    {
        var source = frame.Source;
        var count = chat.MemberChangeCount ?? chat.Members?.Count ?? 0;
        return chat.Change switch
        {
            ExternalChatChange.Created => frame.Event(chat.ChatId, new GroupCreated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
            }),
            ExternalChatChange.MembersAdded => frame.Event(chat.ChatId, new GroupMembersAdded
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
                JoinScene = WireWords.JoinScene(chat.JoinScene), Count = count, Members = chat.Members,
                PreviousVersion = NullIfEmpty(chat.LastMemberVersion), Version = NullIfEmpty(chat.CurrentMemberVersion),
            }),
            ExternalChatChange.MembersRemoved => frame.Event(chat.ChatId, new GroupMembersRemoved
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
                QuitScene = WireWords.QuitScene(chat.QuitScene), Count = count, Members = chat.Members,
                PreviousVersion = NullIfEmpty(chat.LastMemberVersion), Version = NullIfEmpty(chat.CurrentMemberVersion),
            }),
            ExternalChatChange.OwnerChanged => frame.Event(chat.ChatId, new GroupOwnerChanged
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
            }),
            ExternalChatChange.NameChanged => frame.Event(chat.ChatId, new GroupRenamed
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
            }),
            ExternalChatChange.NoticeChanged => frame.Event(chat.ChatId, new GroupNoticeChanged
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
            }),
            ExternalChatChange.Dismissed => frame.Event(chat.ChatId, new GroupDismissed
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ChatId = chat.ChatId,
            }),
            _ => null,
        };
    }

    private static MappedEvent? Tag(ExternalTagEvent tag, in Frame frame)
    {
        var source = frame.Source;
        var id = NullIfEmpty(tag.Id);
        var strategyId = NullIfEmpty(tag.StrategyId);
        var subject = id ?? AllTags;
        return tag.Change switch
        {
            ExternalTagChange.Created => frame.Event(subject, new TagCreated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = id, Kind = WireWords.TagKind(tag.TagType), StrategyId = strategyId,
            }),
            ExternalTagChange.Updated => frame.Event(subject, new TagUpdated
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = id, Kind = WireWords.TagKind(tag.TagType), StrategyId = strategyId,
            }),
            ExternalTagChange.Deleted => frame.Event(subject, new TagDeleted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = id, Kind = WireWords.TagKind(tag.TagType), StrategyId = strategyId,
            }),

            // A shuffle carries no type: its id is always that of the group whose tags changed order.
            ExternalTagChange.Shuffled => frame.Event(subject, new TagReordered
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, Id = id, Kind = TagKinds.Group, StrategyId = strategyId,
            }),
            _ => null,
        };
    }
}
