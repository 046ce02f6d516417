using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Compares a model with the JSON it was read from, by the names of fields.</summary>
internal static class ModelAssertions
{
    /// <summary>Every field of the JSON is in the model with its value.</summary>
    public static void ShouldHold(this object model, JsonObject expected, string where)
    {
        foreach (var (name, value) in expected)
        {
            if (model is IReadOnlyDictionary<string, bool> map)
            {
                map[name].ShouldBe(value!.GetValue<bool>(), where);
                continue;
            }

            var property = Array.Find(model.GetType().GetProperties(), p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == name);
            property.ShouldNotBeNull($"{where}: {model.GetType().Name} has no field {name}.");
            Compare(property.GetValue(model), value, $"{where}/{name}");
        }
    }

    /// <summary>No list of a model is null, at any depth.</summary>
    public static void ShouldHaveItsLists(this object model, string where)
    {
        foreach (var property in model.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var type = property.PropertyType;
            if (type == typeof(string) || type.IsValueType) continue;
            var value = property.GetValue(model);
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) value.ShouldNotBeNull($"{where}/{property.Name}");
            if (value is IEnumerable items and not string and not IDictionary) foreach (var item in items) item.ShouldNotBeNull().ShouldHaveItsLists($"{where}/{property.Name}");
            else if (value is not null and not IEnumerable) value.ShouldHaveItsLists($"{where}/{property.Name}");
        }
    }

    private static void Compare(object? actual, JsonNode? expected, string where)
    {
        switch (expected)
        {
            case null:
                break;
            case JsonObject fields:
                actual.ShouldNotBeNull(where).ShouldHold(fields, where);
                break;
            case JsonArray list:
                var items = actual.ShouldBeAssignableTo<IEnumerable>(where)!.Cast<object>().ToList();
                items.Count.ShouldBe(list.Count, where);
                for (var i = 0; i < items.Count; i++) Compare(items[i], list[i], $"{where}[{i}]");
                break;
            default:
                var text = Convert.ToString(actual, CultureInfo.InvariantCulture);
                (actual is bool ? text!.ToLowerInvariant() : text).ShouldBe(expected.ToString(), where);
                break;
        }
    }
}
