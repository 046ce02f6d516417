using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>Acquisition links and their quota.</summary>
internal static partial class EventMapper
{
    private static MappedEvent? Acquisition(CustomerAcquisitionEvent acquisition, in Frame frame) => acquisition.Change switch
    {
        CustomerAcquisitionChange.BalanceLow or CustomerAcquisitionChange.BalanceExhausted
            or CustomerAcquisitionChange.BalanceIncreased or CustomerAcquisitionChange.QuotaExpireSoon => Quota(acquisition, frame),
        CustomerAcquisitionChange.ChatStarted or CustomerAcquisitionChange.MessageReceived
            or CustomerAcquisitionChange.CustomerLeft => LinkCustomer(acquisition, frame),
        _ => Link(acquisition, frame),
    };

    /// <summary>A quota belongs to the corp, so its name is the subject.</summary>
    private static MappedEvent? Quota(CustomerAcquisitionEvent acquisition, in Frame frame)
    {
        var source = frame.Source;
        return acquisition.Change switch
        {
            CustomerAcquisitionChange.BalanceLow => frame.Event(source.Corp, new QuotaLow
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ExpireAt = acquisition.ExpireTime, ExpireCount = acquisition.ExpireQuota,
            }),
            CustomerAcquisitionChange.BalanceExhausted => frame.Event(source.Corp, new QuotaExhausted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ExpireAt = acquisition.ExpireTime, ExpireCount = acquisition.ExpireQuota,
            }),
            CustomerAcquisitionChange.BalanceIncreased => frame.Event(source.Corp, new QuotaIncreased
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ExpireAt = acquisition.ExpireTime, ExpireCount = acquisition.ExpireQuota,
            }),
            CustomerAcquisitionChange.QuotaExpireSoon => frame.Event(source.Corp, new QuotaExpiring
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, ExpireAt = acquisition.ExpireTime, ExpireCount = acquisition.ExpireQuota,
            }),
            _ => null,
        };
    }

    private static MappedEvent? Link(CustomerAcquisitionEvent acquisition, in Frame frame)
    {
        if (string.IsNullOrEmpty(acquisition.LinkId)) return null;

        var source = frame.Source;
        var linkId = acquisition.LinkId;
        return acquisition.Change switch
        {
            CustomerAcquisitionChange.LinkUnavailable => frame.Event(linkId, new LinkUnavailable
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId,
            }),
            CustomerAcquisitionChange.LinkDeleted => frame.Event(linkId, new LinkDeleted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId,
            }),
            CustomerAcquisitionChange.ProfileOpened => frame.Event(linkId, new LinkProfileOpened
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId, State = acquisition.State ?? "",
            }),
            CustomerAcquisitionChange.FriendRequested => frame.Event(linkId, new LinkFriendRequested
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId, State = acquisition.State ?? "",
            }),
            _ => null,
        };
    }

    /// <summary>About the link where WeCom names it, else the customer, else the corp; in order with the customer where WeCom names one.</summary>
    private static MappedEvent? LinkCustomer(CustomerAcquisitionEvent acquisition, in Frame frame)
    {
        var source = frame.Source;
        var linkId = NullIfEmpty(acquisition.LinkId);
        var userId = NullIfEmpty(acquisition.UserId);
        var customer = NullIfEmpty(acquisition.ExternalUserId);
        var state = NullIfEmpty(acquisition.State);
        var subject = linkId ?? customer ?? source.Corp;
        var order = customer ?? subject;
        return acquisition.Change switch
        {
            CustomerAcquisitionChange.ChatStarted => frame.Event(EventTypes.Of<LinkChatStarted>(), subject, order, new LinkChatStarted
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId, UserId = userId, ExternalUserId = customer, State = state,
            }),
            CustomerAcquisitionChange.MessageReceived => frame.Event(EventTypes.Of<LinkMessageReceived>(), subject, order, new LinkMessageReceived
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId, UserId = userId, ExternalUserId = customer, State = state,
            }),
            CustomerAcquisitionChange.CustomerLeft => frame.Event(EventTypes.Of<LinkCustomerLeft>(), subject, order, new LinkCustomerLeft
            {
                CorpId = source.CorpId, Corp = source.Corp, App = source.App, LinkId = linkId, UserId = userId, ExternalUserId = customer, State = state,
            }),
            _ => null,
        };
    }
}
