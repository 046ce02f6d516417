using WecomBridge.IntegrationTests.Servers;

[assembly: AssemblyFixture(typeof(RabbitServer))]

// Most of these tests wait for others: two at a time are soon done.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
