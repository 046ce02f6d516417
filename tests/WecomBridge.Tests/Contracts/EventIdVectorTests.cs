using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Contracts;

public sealed class EventIdVectorTests
{
    private readonly EventIdVectors _vectors = EventIdVectors.Read();

    [Fact]
    public void The_page_publishes_enough_vectors()
    {
        _vectors.Ids.Count.ShouldBeGreaterThanOrEqualTo(6);
        _vectors.Partitions.Count.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void The_service_gives_the_published_ids_of_original_events()
    {
        foreach (var vector in _vectors.Ids) EventId.Of(vector.Corp, vector.Document).ShouldBe(vector.Id, vector.Why);
    }

    [Fact]
    public void The_reader_finds_the_published_leaves()
    {
        var withXml = _vectors.Ids.Where(vector => vector.Xml is not null).ToArray();

        withXml.ShouldNotBeEmpty();
        foreach (var vector in withXml)
            CallbackEventReader.Read(Encoding.UTF8.GetBytes(vector.Xml!)).Document.Elements.ShouldBe(vector.Document.Elements, vector.Why);
    }

    [Fact]
    public void The_service_gives_the_published_ids_of_unreadable_callbacks()
    {
        foreach (var vector in _vectors.Unreadable)
            EventId.OfUnreadable(vector.Corp, Convert.FromHexString(vector.Plaintext)).ShouldBe(vector.Id, vector.Why);
    }

    [Fact]
    public void The_service_gives_the_published_ids_of_derived_events()
    {
        foreach (var vector in _vectors.Derived)
            ContentId.OfDerived(vector.Cause, vector.Type, vector.Discriminator).ShouldBe(vector.Id, vector.Why);
    }

    [Fact]
    public void The_service_gives_the_published_partitions()
    {
        foreach (var vector in _vectors.Partitions) PartitionKeys.WordOf(vector.PartitionKey).ShouldBe(vector.Partition, vector.PartitionKey);
    }

    [Fact]
    public async Task Another_language_gives_the_published_vectors_from_the_page_alone()
    {
        var start = new ProcessStartInfo("python3", ["-B", RepositoryFiles.PathOf("tests", "WecomBridge.Tests", "Contracts", "event_id.py"), EventIdVectors.PagePath])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        };

        using var python = Start(start);
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);

        python.ExitCode.ShouldBe(0, output + await errors);
        var expected = _vectors.Ids.Count + _vectors.Unreadable.Count + _vectors.Derived.Count + _vectors.Partitions.Count;
        output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(expected);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException("python3 must be installed: it checks that another language computes the published event ids.", failure);
        }
    }
}
