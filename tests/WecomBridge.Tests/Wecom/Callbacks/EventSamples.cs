namespace WecomBridge.Tests.Wecom.Callbacks;

/// <summary>One callback of every kind, as WeCom's pages show them; ids are invented.</summary>
public static partial class EventSamples
{
    private static readonly Dictionary<string, string> ByName =
        new[] { Customers(), Groups(), Tags(), Acquisition(), Contacts(), Others(), Approvals() }
            .SelectMany(family => family).ToDictionary(sample => sample.Name, sample => sample.Xml, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys;

    public static string Xml(string name) => ByName[name];
}
