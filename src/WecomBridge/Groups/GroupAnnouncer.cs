using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Publishes what was noted of a group. Ids follow from what was noted, so what is published again after a crash has the id it had.</summary>
internal sealed class GroupAnnouncer(IOutbox outbox, EventFactory events, IOptionsMonitor<WecomOptions> corps)
{
    /// <summary>Publishes news in their order.</summary>
    public async Task TellAsync(string corp, string chatId, IReadOnlyList<GroupNews> news, CancellationToken cancellationToken)
    {
        foreach (var together in news.Chunk(IOutbox.MostTogether)) await outbox.StoreAsync([.. together.Select(one => MessageOf(corp, chatId, one))], cancellationToken);
    }

    /// <summary>Publishes owner, name and notice where they differ from what was last published.</summary>
    /// <returns>Prints of owner and profile as they are published now.</returns>
    public async Task<(string Owner, string Profile)> AnnounceAsync(WorkItem item, Group group, GroupReading reading, CancellationToken cancellationToken)
    {
        var (corp, chatId) = (group.Corp, group.ChatId);
        var (owner, profile) = (PrintOf(reading.Owner ?? ""), PrintOf(reading.Name + "\n" + reading.Notice));
        var messages = new List<OutgoingMessage>();
        if (owner != group.AnnouncedOwner)
        {
            var data = new GroupUpdated { CorpId = CorpIdOf(corp), Corp = corp, App = item.App, ChatId = chatId, OwnerId = reading.Owner };
            messages.Add(EventWriter.Write(events.Derived(corp, item.App, item.CauseId, owner, chatId, chatId, data), Exchanges.Events));
        }

        if (profile != group.AnnouncedProfile)
        {
            var data = new GroupProfileUpdated { CorpId = CorpIdOf(corp), Corp = corp, App = item.App, ChatId = chatId, Name = reading.Name, Notice = reading.Notice };
            messages.Add(EventWriter.Write(events.Derived(corp, item.App, item.CauseId, profile, chatId, chatId, data), Exchanges.Profiles));
        }

        if (messages.Count > 0) await outbox.StoreAsync(messages, cancellationToken);
        return (owner, profile);
    }

    private OutgoingMessage MessageOf(string corp, string chatId, GroupNews news) => news.Kind switch
    {
        GroupNewsKind.Joined => Write(corp, chatId, news, new GroupMemberJoined { CorpId = CorpIdOf(corp), Corp = corp, App = news.App, ChatId = chatId, Member = news.Member!, Kind = news.MemberKind!, Scene = news.Scene!, Inviter = news.Inviter, At = news.At }),
        GroupNewsKind.Left => Write(corp, chatId, news, new GroupMemberLeft { CorpId = CorpIdOf(corp), Corp = corp, App = news.App, ChatId = chatId, Member = news.Member!, Kind = news.MemberKind!, Scene = news.Scene!, At = news.At }),
        _ => Write(corp, chatId, news, new GroupResynced { CorpId = CorpIdOf(corp), Corp = corp, App = news.App, ChatId = chatId, Expected = news.Expected, Found = news.Found! }),
    };

    private OutgoingMessage Write<TData>(string corp, string chatId, GroupNews news, TData data)
        where TData : GroupEventData =>
        EventWriter.Write(events.Derived(corp, news.App, news.CauseId, news.Discriminator, chatId, chatId, data), Exchanges.Events);

    private string CorpIdOf(string corp) => corps.CurrentValue.Corps.GetValueOrDefault(corp)?.CorpId ?? "";

    private static string PrintOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
