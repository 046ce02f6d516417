using WecomBridge.Broker;

namespace WecomBridge.Callbacks;

/// <summary>Turns a customer to greet into the private command that travels beside the event.</summary>
internal interface IWelcomeCommands
{
    /// <summary>The command for <c>wecom.welcome</c>, or null when there is nothing to greet with and nothing to report.</summary>
    OutgoingMessage? From(CallbackSource source, WelcomeOffer offer, DateTimeOffset received);
}
