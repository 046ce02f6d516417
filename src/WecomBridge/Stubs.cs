using MassTransit;
namespace WecomBridge.Welcome { static class R { public static void AddWelcome(this IBusRegistrationConfigurator b){} } class NoW : WecomBridge.Callbacks.IWelcomeCommands { public WecomBridge.Broker.OutgoingMessage? From(WecomBridge.Callbacks.CallbackSource s, WecomBridge.Callbacks.WelcomeOffer o, DateTimeOffset r)=>null; } }
namespace WecomBridge.Tags { static class R { public static void AddTags(this IBusRegistrationConfigurator b){} } }
namespace WecomBridge.Profiles { static class R { public static void AddProfiles(this IBusRegistrationConfigurator b){} } }
