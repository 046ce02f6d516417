namespace WecomBridge.IntegrationTests;

/// <summary>Tests that load the machine or hold a time against it: the two cores are theirs, the broker, the database and child processes aside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
