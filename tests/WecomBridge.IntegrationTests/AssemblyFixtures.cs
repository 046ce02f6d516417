using WecomBridge.IntegrationTests;
using WecomBridge.IntegrationTests.Servers;

[assembly: AssemblyFixture(typeof(RabbitServer))]

// The tests share two cores with a broker, a database and child processes; side by side most would only measure each other.
[assembly: CollectionBehavior(typeof(SideBySide), MaxParallelThreads = 3)]
