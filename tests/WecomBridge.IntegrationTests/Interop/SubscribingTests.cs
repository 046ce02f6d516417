using System.Diagnostics;
using System.Threading.Channels;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>A new subscriber from nothing to its first event, with docs/subscribing only, in every language; and what each program survives.</summary>
[MostlyWaits]
public sealed class SubscribingTests(SubscribingWorld world) : IClassFixture<SubscribingWorld>
{
    /// <summary>A program may have to be built first, on a machine that does other things too.</summary>
    private static readonly TimeSpan BuildWithin = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("Python")]
    [InlineData("Node.js")]
    [InlineData("Java")]
    [InlineData(".NET with RabbitMQ.Client")]
    [InlineData(".NET with MassTransit")]
    public async Task A_new_subscriber_prints_each_customer_once_lets_poison_go_and_outlives_its_connection(string language)
    {
        Require(language);
        var key = language.ToLowerInvariant().Replace(' ', '-');
        string Customer(int number) => CallbackPoster.Contact("add_external_contact", "zhang01", $"wm-{key}-{number}", 1_700_000_000, "<State>store-1</State><WelcomeCode>CANARY-CODE-78</WelcomeCode>");
        string Line(int number) => $"customer.added id={CallbackPoster.IdOf(Customer(number))} corp=acme userId=zhang01 externalUserId=wm-{key}-{number} state=store-1 time=2023-11-14T22:13:20Z";
        var before = world.Letters.Messages.Count;

        await PostAsync(Customer(1));
        using var program = world.StartProgram(language);
        try
        {
            var lines = Read(program);
            (await NextAsync(lines, program)).ShouldBe(Line(1));

            // The same event again, another type, poison of two kinds: only the next customer is printed.
            await PostAsync(Customer(1));
            await PostAsync(CallbackPoster.Contact("edit_external_contact", "zhang01", $"wm-{key}-1", 1_700_000_001));
            string[] poison = [$"not json, {key}", $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/{{key}}","type":"com.wecombridge.customer.added.v1"}"""];
            foreach (var body in poison) await world.Letters.PublishAsync(SubscribingWorld.Queue, body);
            await PostAsync(Customer(2));
            (await NextAsync(lines, program)).ShouldBe(Line(2));
            await Eventually.BecomesTrueAsync("the poison among the dead letters", () => world.Letters.Messages.Count >= before + poison.Length);
            world.Letters.Messages.Skip(before).Select(letter => letter.Body).ShouldBe(poison);

            await world.BreakConnectionsAsync();
            await PostAsync(Customer(3));
            (await NextAsync(lines, program)).ShouldBe(Line(3));
            await PostAsync(Customer(2));
            await PostAsync(Customer(4));
            (await NextAsync(lines, program)).ShouldBe(Line(4));
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            await world.EmptyQueueAsync();
        }
    }

    private static void Require(string language)
    {
        switch (language)
        {
            case "Python": Tool.Require(Tool.Works("/usr/bin/python3", "-c", "import pika"), "Python with pika (Debian package python3-pika)"); break;
            case "Node.js": Tool.Require(Tool.Works("npm", "--version"), "Node.js with npm"); break;
            case "Java": Tool.Require(Tool.Works("javac", "-version") && File.Exists("/usr/share/java/amqp-client.jar") && File.Exists("/usr/share/java/gson.jar"), "A JDK with librabbitmq-client-java and libgoogle-gson-java"); break;
        }
    }

    private async Task PostAsync(string plaintext) => (await world.Poster.PostAsync(world.Port, plaintext)).ShouldBeTrue();

    /// <summary>The lines of the program, without what builds and installs say.</summary>
    private static ChannelReader<string> Read(Process program)
    {
        var lines = Channel.CreateUnbounded<string>();
        program.OutputDataReceived += (_, received) =>
        {
            if (received.Data is null) lines.Writer.TryComplete();
            else if (received.Data.StartsWith("customer.", StringComparison.Ordinal)) lines.Writer.TryWrite(received.Data);
        };
        program.BeginOutputReadLine();
        return lines.Reader;
    }

    private static async Task<string> NextAsync(ChannelReader<string> lines, Process program)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(BuildWithin);
        try
        {
            return await lines.ReadAsync(limit.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            program.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"No line came: {await program.StandardError.ReadToEndAsync(CancellationToken.None)}", failure);
        }
    }
}
