using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Profiles;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Profiles;

/// <summary>The profiles of one customer, whom two members may have.</summary>
internal static class ProfileHost
{
    public const string Corp = "acme";
    public const string Customer = "wm1";

    /// <summary>All four fields have templates; zhang has the customer.</summary>
    public static async Task<FeatureHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        (string, string?)[] usual =
        [
            ("Profiles:Remark", "{{crm.name}} {{crm.level}}"), ("Profiles:Description", "{{crm.level}} {{crm.points}}"), ("Profiles:Company", "{{crm.company}}"), ("Profiles:Mobiles", "{{crm.mobile}}"),
            .. new[] { "name", "level", "points", "company", "mobile" }.Select(field => ($"Crm:Http:Fields:{field}", (string?)$"/0/{field}")),
        ];
        var host = await FeatureHost.StartAsync(
            bus =>
            {
                bus.AddProfiles();
                bus.AddProfilePage();
            },
            [.. usual, .. settings]);
        host.Crm = _ => Match();
        host.Wecom.Contact = new CgibinExternalContactGetResponse
        {
            ExternalContact = new ExternalContact { ExternalUserid = Customer, Name = "Linda", Unionid = "o1", Type = 1 },
            FollowUser = [Follower("zhang", FeatureHost.Now)],
        };
        return host;
    }

    public static FollowUser Follower(string userId, DateTimeOffset added) => new() { Userid = userId, State = "store-7", AddWay = 1, Createtime = added.ToUnixTimeSeconds() };

    public static CrmMatch Match(params (string Name, string Value)[] facts) => new()
    {
        Id = "7",
        Fields = (facts.Length > 0 ? facts : [("name", "Lin"), ("level", "gold"), ("points", "120"), ("company", "Acme"), ("mobile", "13900000002")]).ToDictionary(fact => fact.Name, fact => fact.Value),
        MatchedBy = CrmKey.UnionId,
        Confidence = CrmConfidence.Certain,
        Source = "http",
        Age = TimeSpan.Zero,
    };

    public static Task DispatchAsync<TData>(this FeatureHost host, string userId, Func<CustomerBase, TData> make, DateTimeOffset time)
        where TData : CustomerEventData => host.DispatchAsync(make(new CustomerBase(userId)), time);

    public static async Task WorkAsync(this FeatureHost host) => (await host.WorkAsync(WorkLane.Profiles)).ShouldBeEmpty();

    public static async Task AddAndWorkAsync(this FeatureHost host)
    {
        await host.AddedAsync();
        await host.WorkAsync();
    }

    public static async Task EditAndWorkAsync(this FeatureHost host)
    {
        await host.DispatchAsync("zhang", who => who.Edited(), host.Time.GetUtcNow());
        await host.WorkAsync();
    }

    /// <summary>Nobody has the customer any more.</summary>
    public static void VanishesFromWecom(this FeatureHost host, int code = WecomErrorCodes.NoRelation) =>
        host.Wecom.Fails(WecomPaths.ExternalContactGet, [.. Enumerable.Range(0, 5).Select(_ => FakeWecom.Refusal(code, WecomPaths.ExternalContactGet))]);
}

/// <summary>Whom an event is about.</summary>
internal sealed record CustomerBase(string UserId)
{
    public CustomerAdded Added(string? state = "store-7") => new() { Corp = ProfileHost.Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = UserId, ExternalUserId = ProfileHost.Customer, State = state };

    public CustomerHalfAdded HalfAdded() => new() { Corp = ProfileHost.Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = UserId, ExternalUserId = ProfileHost.Customer };

    public CustomerEdited Edited() => new() { Corp = ProfileHost.Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = UserId, ExternalUserId = ProfileHost.Customer };

    public CustomerRemoved Removed(string? reason = null) => new() { Corp = ProfileHost.Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = UserId, ExternalUserId = ProfileHost.Customer, Reason = reason };

    public CustomerLeft Left() => new() { Corp = ProfileHost.Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = UserId, ExternalUserId = ProfileHost.Customer };
}
