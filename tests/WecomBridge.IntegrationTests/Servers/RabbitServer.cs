namespace WecomBridge.IntegrationTests.Servers;

/// <summary>The broker of a test run.</summary>
public sealed class RabbitServer : RabbitBroker, IAsyncLifetime;
