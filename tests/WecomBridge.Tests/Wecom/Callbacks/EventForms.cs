using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

/// <summary>The other ways in which WeCom may write the same callback, and an event as one line of text.</summary>
internal static class EventForms
{
    private static readonly string[] EnvelopeNames = ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event"];

    public static CallbackEvent Read(string text) => CallbackEventReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Text without CDATA sections.</summary>
    public static string WithoutCData(string xml)
    {
        var document = XDocument.Parse(xml);
        foreach (var section in document.DescendantNodes().OfType<XCData>().ToList()) section.ReplaceWith(new XText(section.Value));
        return document.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Every value in a CDATA section, numbers too.</summary>
    public static string AllCData(string xml)
    {
        var document = XDocument.Parse(xml);
        foreach (var leaf in document.Descendants().Where(element => !element.HasElements).ToList()) leaf.ReplaceNodes(new XCData(leaf.Value));
        return document.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Children of the root in the opposite order, unless a name repeats.</summary>
    public static string Reversed(string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        return new XElement(root.Name, root.Elements().GroupBy(element => element.Name).Reverse().SelectMany(group => group)).ToString();
    }

    /// <summary>The envelope of third-party apps.</summary>
    public static string Suite(string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        return new XElement("xml",
            new XElement("SuiteId", new XCData("wwSUITE")),
            new XElement("AuthCorpId", new XCData("wwCORP")),
            new XElement("InfoType", new XCData(root.Element("Event")!.Value)),
            new XElement("TimeStamp", root.Element("CreateTime")!.Value),
            root.Elements().Where(element => !EnvelopeNames.Contains(element.Name.LocalName))).ToString();
    }

    /// <summary>The same in JSON, names of the first level in lower case as in WeCom's JSON envelope.</summary>
    public static string Json(string xml)
    {
        var json = ToJson(XDocument.Parse(xml).Root!);
        return new JsonObject(json.AsObject().ToList().Select(member =>
        {
            json.AsObject().Remove(member.Key);
            return new KeyValuePair<string, JsonNode?>(member.Key.ToLowerInvariant(), member.Value);
        })).ToJsonString();
    }

    /// <summary>Type and every property that is set, but the document.</summary>
    public static string Describe(CallbackEvent read)
    {
        var set = read.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name is not nameof(CallbackEvent.Document))
            .OrderBy(property => property.DeclaringType == typeof(CallbackEvent)).ThenBy(property => property.MetadataToken)
            .Select(property => (property.Name, Value: Print(property.GetValue(read))))
            .Where(property => property.Value is not null and not "[]");
        return string.Join(' ', set.Select(property => $"{property.Name}={property.Value}").Prepend(read.GetType().Name));
    }

    private static string? Print(object? value) => value switch
    {
        null => null,
        string text => text,
        DateTimeOffset time => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(',', list.Cast<object>())}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static JsonNode ToJson(XElement element)
    {
        if (!element.HasElements) return element.Value;
        var json = new JsonObject();
        foreach (var group in element.Elements().GroupBy(child => child.Name.LocalName))
            json[group.Key] = group.Count() == 1 ? ToJson(group.Single()) : new JsonArray([.. group.Select(ToJson)]);
        return json;
    }
}
