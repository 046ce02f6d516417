using System.Reflection;
using System.Text.Json.Serialization;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Contracts;

public sealed class ContractTests
{
    [Fact]
    public void Names_and_fields_are_those_that_were_approved()
    {
        var path = RepositoryFiles.PathOf("tests", "WecomBridge.Tests", "Contracts", "contract.approved.txt");
        var approved = File.ReadAllText(path).Split('\n');
        var found = ContractSurface.Describe().Split('\n');

        var gone = approved.Except(found).Select(line => $"- {line}");
        var come = found.Except(approved).Select(line => $"+ {line}");
        found.SequenceEqual(approved).ShouldBeTrue(
            $"The contract differs from contract.approved.txt. What goes (-) breaks subscribers:\n{string.Join('\n', gone.Concat(come))}\n\nThe whole:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void The_contracts_reference_nothing_but_the_platform()
    {
        var references = typeof(EventTypes).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_record_with_a_wire_name_is_listed()
    {
        var records = typeof(EventTypes).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(EventTypeAttribute)));

        SampleData.RecordTypes.ShouldBe(records, ignoreOrder: true);
    }

    [Fact]
    public void Every_field_names_its_place_on_the_wire()
    {
        var fields = SampleData.RecordTypes.Append(typeof(CloudEvent<CustomerAdded>)).SelectMany(type => type.GetProperties());

        fields.ShouldAllBe(field => field.IsDefined(typeof(JsonPropertyNameAttribute)));
    }

    [Fact]
    public void Every_name_fits_into_a_routing_key()
    {
        foreach (var type in EventTypes.All)
        {
            var words = type.Name.Split('.');
            words.Length.ShouldBe(2);
            words.ShouldAllBe(word => EventWriter.IsWord(word));
        }

        EventTypes.All.Select(type => type.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_app_event_and_suite_command_of_the_reader_has_a_type()
    {
        CallbackEventReader.AppEventNames.Except(AppActions.All).ShouldBeEmpty();
        CallbackEventReader.SuiteInfoTypes.Except(["customer_acquisition_permit_change"]).Except(SuiteActions.All).ShouldBeEmpty();
    }

    [Fact]
    public void Original_events_never_go_to_the_exchange_of_profiles()
    {
        EventTypes.All.Where(type => type.Exchange == EventExchange.Profiles).Select(type => type.Name)
            .ShouldBe(["profile.updated", "profile.tags_changed", "profile.group_updated"]);
        EventTypes.All.Where(type => type.Exchange == EventExchange.Commands).Select(type => type.Name)
            .ShouldBe(["tags.apply", "profile.refresh"]);
    }

    [Fact]
    public void A_type_is_found_by_its_record_its_name_and_its_CloudEvents_type()
    {
        var type = EventTypes.Of<CustomerAdded>();

        type.CloudEventType.ShouldBe("com.wecombridge.customer.added.v1");
        type.DataSchema.ShouldBe("urn:wecombridge:customer.added.v1");
        EventTypes.TryFind("customer.added", out var byName).ShouldBeTrue();
        EventTypes.TryFindCloudEventType("com.wecombridge.customer.added.v1", out var byType).ShouldBeTrue();
        byName.ShouldBeSameAs(type);
        byType.ShouldBeSameAs(type);
        Should.Throw<InvalidOperationException>(() => EventTypes.Of<AppNotified>());
        typeof(CustomerAdded).GetCustomAttribute<EventTypeAttribute>()!.Name.ShouldBe("customer.added");
    }
}
