using WecomBridge.Callbacks;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Welcome;

/// <summary>Greeting commands as an add makes them.</summary>
internal static class Greetings
{
    /// <summary>Hands the command of an add that happened just now to the consumer.</summary>
    public static Task GreetAsync(this FeatureHost host, string customer = "wm1", string staff = "zhang", string corp = "acme", ExternalContactChange change = ExternalContactChange.Added)
    {
        var now = host.Time.GetUtcNow();
        var offer = new WelcomeOffer { EventId = Guid.NewGuid(), Change = change, UserId = staff, ExternalUserId = customer, State = "store-7", WelcomeCode = "code", CreatedAt = now };
        return host.DispatchBodyAsync(host.Get<IWelcomeCommands>().From(new CallbackSource(corp, "ww" + corp, "contact"), offer, now)!.Body);
    }
}
