using System.Xml;
using System.Xml.Linq;
using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>One enterprise. What happens through these members is called back; what is done through the API is not.</summary>
public sealed class SimulatedCorp
{
    private readonly CallbackSender _sender;

    internal SimulatedCorp(SimulatedCorpOptions options, SeededIds ids, SimulatorOptions simulator, CallbackSender sender)
    {
        _sender = sender;
        Apps = [.. options.Apps.Select(a => new SimulatedApp(a, options.CorpId))];
        State = new CorpState(options.CorpId, Apps, ids, simulator);
        var post = new CorpEvents(State, sender);
        Customers = new CustomerActions(State, post);
        Groups = new GroupActions(State, post);
        Tags = new TagActions(State, post);
        Links = new LinkActions(State, post, Customers);
        ContactWays = new ContactWayActions(State, Customers, Groups);
        Tasks = new TaskActions(State, post);
    }

    /// <summary>The enterprise's id.</summary>
    public string CorpId => State.CorpId;

    /// <summary>Its apps.</summary>
    public IReadOnlyList<SimulatedApp> Apps { get; }

    /// <summary>Customers and their relations with members.</summary>
    public CustomerActions Customers { get; }

    /// <summary>Customer groups.</summary>
    public GroupActions Groups { get; }

    /// <summary>Corp tags, as an administrator handles them.</summary>
    public TagActions Tags { get; }

    /// <summary>Acquisition links.</summary>
    public LinkActions Links { get; }

    /// <summary>Codes that customers scan.</summary>
    public ContactWayActions ContactWays { get; }

    /// <summary>Mass messages, moments, people who leave, messages to customer service, media.</summary>
    public TaskActions Tasks { get; }

    /// <summary>All members.</summary>
    public IReadOnlyList<SimulatedStaff> Staff
    {
        get
        {
            lock (State.Gate) return [.. State.Staff.Values];
        }
    }

    internal CorpState State { get; }

    /// <summary>Takes a member into the directory, or changes one. No callback.</summary>
    public void Put(SimulatedStaff staff)
    {
        lock (State.Gate)
        {
            State.Staff[staff.UserId] = staff;
            if (!State.Departments.Exists(d => d.Id == staff.Department)) State.Departments.Add(new SimulatedDepartment(staff.Department, $"Department {staff.Department}", 1));
        }
    }

    /// <summary>An app by name; without one, the first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such app.</exception>
    public SimulatedApp App(string? name = null) =>
        Apps.FirstOrDefault(a => name is null || a.Name == name) ?? throw new KeyNotFoundException($"There is no app {name}.");

    /// <summary>Calls back with a plaintext written by hand, readable or not, to every app with an address.</summary>
    public Happening SendRaw(string plaintext)
    {
        var (name, change) = KindOf(plaintext);
        var message = new CallbackMessage(CorpId, State.Now, name, change, []) { Raw = plaintext };
        var number = State.Ids.Next();
        return new Happening { Number = number, Kind = message.Kind, Delivered = _sender.Send(number, Apps, message, _ => message) };
    }

    /// <summary>Makes the request WeCom makes when an administrator saves an app's callback address.</summary>
    /// <returns>Null when the address was accepted, else why not.</returns>
    public Task<string?> VerifyCallbackAsync(string appName, CancellationToken cancellationToken) => _sender.VerifyAsync(App(appName), cancellationToken);

    private static (string Event, string ChangeType) KindOf(string plaintext)
    {
        try
        {
            var root = XDocument.Parse(plaintext).Root;
            return (root?.Element("Event")?.Value ?? "raw", root?.Element("ChangeType")?.Value ?? "");
        }
        catch (XmlException)
        {
            return ("raw", "");
        }
    }
}
