using WecomBridge.IntegrationTests.Servers;

[assembly: AssemblyFixture(typeof(RabbitServer))]

// The tests share two cores with a broker, a database and child processes; side by side they would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
