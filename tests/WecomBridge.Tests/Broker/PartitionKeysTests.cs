using WecomBridge.Broker;

namespace WecomBridge.Tests.Broker;

public sealed class PartitionKeysTests
{
    [Fact]
    public void Customers_spread_over_all_partitions()
    {
        var counts = new int[PartitionKeys.Count];
        for (var i = 0; i < 16_000; i++) counts[PartitionKeys.NumberOf($"wm{i}")]++;

        counts.ShouldAllBe(count => count > 800 && count < 1200);
    }

    [Fact]
    public void A_key_of_any_length_has_a_partition() =>
        PartitionKeys.WordOf(new string('客', 100_000)).ShouldMatch("^p(0[0-9]|1[0-5])$");
}
