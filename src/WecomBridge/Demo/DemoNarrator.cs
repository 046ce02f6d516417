using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using WecomBridge.Broker;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Demo;

/// <summary>Tells a person what happens while it happens: what people do, what WeCom posts, which event it becomes, and what the service does about it.</summary>
internal sealed class DemoNarrator(TextWriter console, WecomSimulator simulator, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, string> _names = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _line = new();

    /// <summary>Types of the events that became durable, in their order.</summary>
    public IReadOnlyCollection<string> Events => _events;

    public void Know(string id, string name) => _names[id] = name;

    public string Name(string id) => _names.GetValueOrDefault(id, id);

    public void Introduce(string url)
    {
        console.WriteLine($"WecomBridge demo. A simulated WeCom and CRM on {simulator.ApiBaseUrl}, the service on {url}, embedded transport. All people are invented.");
        console.WriteLine("  time      who does what; then  callback → event → greeting, tags, profile");
        console.WriteLine();
    }

    /// <summary>Something a person does.</summary>
    public void Say(string what) => Line("", what);

    /// <summary>A message became durable.</summary>
    public void Durable(OutgoingMessage message)
    {
        if (message.Exchange.Length == 0) return;
        var name = string.Join('.', message.RoutingKey.Split('.')[2..4]);
        _events.Enqueue(name);
        Line("event", $"{name}  {message.RoutingKey}");
    }

    /// <summary>Tells the simulator's ledger until cancelled.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in simulator.Ledger.FollowAsync(cancellationToken)) Tell(entry);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The demo is over.
        }
    }

    private void Tell(LedgerEntry entry)
    {
        switch (entry)
        {
            case CallbackEntry callback:
                Line("callback", $"{callback.Kind} → {callback.Status?.ToString(CultureInfo.InvariantCulture) ?? callback.Failure} in {callback.Took.TotalMilliseconds:0} ms");
                break;
            case WelcomeEntry welcome:
                Line("greeting", $"{Name(welcome.ExternalUserId)} reads “{welcome.Text}”{(welcome.Attachments.Count > 0 ? " and a link" : "")}, {welcome.AgeMs / 1000:0.0} s after the add");
                break;
            case TagDefinitionEntry definition:
                Line("tags", $"created {definition.Name} in WeCom");
                break;
            case TagMarkEntry mark:
                Line("tags", $"{Name(mark.ExternalUserId)} now has {string.Join(", ", mark.Added.Select(TagName))}");
                break;
            case RemarkEntry remark:
                Line("profile", $"{Name(remark.UserId)} now sees {Name(remark.ExternalUserId)} as “{remark.Remark}”");
                break;
        }
    }

    private string TagName(string id) => simulator.Wecom.Corp().Tags.Groups.SelectMany(group => group.Tags).FirstOrDefault(tag => tag.Id == id)?.Name ?? JsonEncodedText.Encode(id).ToString();

    private void Line(string kind, string what)
    {
        lock (_line) console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_started).TotalSeconds,6:0.00} s  {(kind.Length == 0 ? what : $"   {kind,-9} {what}")}"));
    }
}
