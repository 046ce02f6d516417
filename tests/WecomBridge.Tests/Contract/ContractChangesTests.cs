using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Contract;

/// <summary>Rules of change, on the contract itself and on contracts that were spoilt on purpose.</summary>
public sealed class ContractChangesTests
{
    private static readonly JsonObject Contract = ContractBaseline.Present();

    [Fact]
    public void Nothing_in_the_contract_changed_that_subscribers_rely_on() =>
        ContractChanges.Forbidden(ContractBaseline.Approved(), Contract).ShouldBeEmpty("A breaking change is a new version beside the old one.");

    [Fact]
    public void What_was_added_to_the_contract_is_relied_on_from_now_on()
    {
        var present = ContractBaseline.Text(Contract);
        if (present == File.ReadAllText(ContractBaseline.Path)) return;
        var file = Path.Combine(Path.GetTempPath(), "contract-v1.baseline.json");
        File.WriteAllText(file, present);
        Assert.Fail($"The contract has grown. When no other test of this class fails, copy {file} over {ContractBaseline.Path}.");
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("renamed")]
    [InlineData("retyped")]
    [InlineData("made nullable")]
    [InlineData("given another format")]
    [InlineData("narrowed to some words")]
    [InlineData("narrowed by a pattern")]
    [InlineData("narrowed by a length")]
    [InlineData("made required or left out at times")]
    public void Every_forbidden_change_of_every_field_is_found(string change)
    {
        var found = 0;
        foreach (var (type, entry) in Contract)
        {
            var isTaken = type.StartsWith("command-", StringComparison.Ordinal) || (string?)entry!["exchange"] == "wecom.commands";
            foreach (var (path, field) in Objects(Only(type)).SelectMany(at => at.Schema["properties"]!.AsObject().Select(field => (at.Path, field.Key))))
            {
                var changed = Only(type);
                if (!Spoil(Objects(changed).First(at => at.Path == path).Schema, field, change, isTaken)) continue;
                ContractChanges.Forbidden(Only(type), changed).ShouldNotBeEmpty($"{path}.{field} {change}");
                found++;
            }
        }

        found.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_type_that_goes_or_moves_is_found()
    {
        foreach (var name in Contract.Select(type => type.Key))
        {
            ContractChanges.Forbidden(Only(name), []).ShouldHaveSingleItem();
            Forbidden(name, type => type["address"] = "v2.x").ShouldHaveSingleItem();
            Forbidden(name, type => type["schema"]!["additionalProperties"] = false).ShouldHaveSingleItem();
        }

        Forbidden("customer.added.v1", type => type["exchange"] = "wecom.profiles").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_known_word_that_goes_is_found() =>
        Forbidden("welcome.missed.v1", type => type["schema"]!["properties"]!["reason"]!["examples"]!.AsArray().RemoveAt(0)).ShouldBe(["welcome.missed.v1.reason: the known word 'no_code' is gone."]);

    [Fact]
    public void A_command_that_asks_for_more_is_found_and_one_that_asks_for_less_is_not()
    {
        Forbidden("tags.apply.v1", type => type["schema"]!["properties"]!["add"]!["maxItems"] = 50).ShouldHaveSingleItem();
        Forbidden("tags.apply.v1", type => type["schema"]!["required"]!.AsArray().Add("userId")).ShouldHaveSingleItem();
        Forbidden("tags.apply.v1", type => type["schema"]!["properties"]!["add"]!["maxItems"] = 500).ShouldBeEmpty();
        Forbidden("tags.apply.v1", type => type["schema"]!.AsObject().Remove("anyOf")).ShouldBeEmpty();
        Forbidden("command-envelope.v1", type => type["schema"]!["required"]!.AsArray().RemoveAt(0)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_allowed_change_passes()
    {
        var changed = Contract.DeepClone().AsObject();
        foreach (var (_, schema) in Objects(changed).ToList())
        {
            schema["description"] = "Other words.";
            schema["properties"]!["fresh"] = new JsonObject { ["type"] = "string" };
            foreach (var (_, field) in schema["properties"]!.AsObject()) (field!["examples"] as JsonArray)?.Add("fresh_word");
        }

        changed["customer.fresh.v1"] = changed["customer.added.v1"]!.DeepClone();

        ContractChanges.Forbidden(Contract, changed).ShouldBeEmpty();
    }

    private static JsonObject Only(string type) => new() { [type] = Contract[type]!.DeepClone() };

    private static List<string> Forbidden(string type, Action<JsonObject> change)
    {
        var changed = Only(type);
        change(changed[type]!.AsObject());
        return ContractChanges.Forbidden(Only(type), changed);
    }

    /// <returns>False when the change does not apply to the field.</returns>
    private static bool Spoil(JsonObject schema, string name, string change, bool isCommand)
    {
        var (fields, required) = (schema["properties"]!.AsObject(), schema["required"]!.AsArray());
        var field = fields[name]!.AsObject();
        switch (change)
        {
            case "removed": return fields.Remove(name);
            case "renamed": return fields.TryAdd(name + "2", field.DeepClone()) && fields.Remove(name);
            case "retyped": return Set("type", "number");
            case "made nullable": return field["type"] is not JsonArray && Set("type", new JsonArray((string)field["type"]!, "null"));
            case "given another format": return Set("format", "email");
            case "narrowed to some words": return Set("enum", new JsonArray("one", "two"));
            case "narrowed by a pattern": return Set("pattern", "^x$");
            case "narrowed by a length": return Set("maxLength", 10);
            default:
                var there = required.FirstOrDefault(entry => (string)entry! == name);
                if (there is null) required.Add(name);
                else if (!isCommand) required.Remove(there);
                return there is null || !isCommand;
        }

        bool Set(string keyword, JsonNode value)
        {
            field[keyword] = value;
            return true;
        }
    }

    /// <summary>Every object with fields, with the path to it.</summary>
    private static IEnumerable<(string Path, JsonObject Schema)> Objects(JsonObject contract) => contract.SelectMany(type => Within(type.Key, type.Value!["schema"]!.AsObject()));

    private static IEnumerable<(string Path, JsonObject Schema)> Within(string path, JsonObject schema)
    {
        if (schema["properties"] is JsonObject fields) return fields.SelectMany(field => Within($"{path}.{field.Key}", field.Value!.AsObject())).Prepend((path, schema));
        var element = schema["items"] ?? schema["additionalProperties"];
        return element is JsonObject inner ? Within(path + "[]", inner) : [];
    }
}
