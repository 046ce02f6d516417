using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Wecom.Callbacks;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

/// <summary>Adds, and the greetings that come of them.</summary>
internal static class WelcomeRun
{
    /// <summary>Takes the callback of an add through the consumer.</summary>
    /// <param name="host">The service.</param>
    /// <param name="code">Null for none.</param>
    /// <param name="state">The channel.</param>
    /// <param name="change">Which callback.</param>
    /// <param name="id">Of the event; a new one by default.</param>
    /// <param name="app">Which received it.</param>
    /// <param name="at">When the add was; a second ago by default.</param>
    /// <param name="timePasses">The clock moves until the consumer has ended.</param>
    public static async Task AddAsync(
        this FeatureHost host, string? code = "code-1", string? state = "store-7", ExternalContactChange change = ExternalContactChange.Added, Guid? id = null, string app = "contact", DateTimeOffset? at = null, bool timePasses = false)
    {
        var created = at ?? host.Time.GetUtcNow().AddSeconds(-1);
        var command = host.Get<IWelcomeCommands>().From(
            new CallbackSource("acme", "wwEXAMPLE", app),
            new WelcomeOffer { EventId = id ?? Guid.NewGuid(), Change = change, UserId = "zhang", ExternalUserId = "wm1", State = state, WelcomeCode = code, CreatedAt = created },
            created.AddSeconds(1));
        var greeted = host.DispatchBodyAsync(command.ShouldNotBeNull().Body);
        if (timePasses) await host.RunAsync(greeted);
        else await greeted;
    }

    /// <summary>Moves the clock, slowly enough for what does not wait for it.</summary>
    private static async Task RunAsync(this FeatureHost host, Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(20)) != work) host.Time.Advance(TimeSpan.FromMilliseconds(100));
        await work;
    }

    public static IReadOnlyList<CgibinExternalContactSendWelcomeMessageRequest> Sent(this FeatureHost host) => host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>();

    /// <summary>The text of the one greeting that was sent.</summary>
    public static string SentText(this FeatureHost host) => host.Sent().ShouldHaveSingleItem().Text.ShouldNotBeNull().Content;

    /// <summary>A customer as WeCom tells of them.</summary>
    public static CgibinExternalContactGetResponse Contact(string? name = "Lin", int? kind = 1, int? addWay = 1, string? unionId = "u1", params string[] tags) => new()
    {
        ExternalContact = new ExternalContact { ExternalUserid = "wm1", Name = name, Type = kind, Unionid = unionId },
        FollowUser =
        [
            new FollowUser { Userid = "Zhang", AddWay = addWay, State = "store-7", RemarkMobiles = ["13800000000"] },
            new FollowUser { Userid = "li", AddWay = 3, Tags = [.. tags.Select(tag => new FollowUserTag { GroupName = tag.Split('/')[0], TagName = tag.Split('/')[1], TagId = "et-" + tag, Type = 1 })] },
        ],
    };
}
