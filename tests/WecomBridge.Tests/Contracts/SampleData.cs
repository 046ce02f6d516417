using System.Reflection;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Contracts;

/// <summary>Records of the contract with every field filled.</summary>
internal static class SampleData
{
    public static readonly DateTimeOffset Time = new(2023, 11, 14, 22, 13, 20, TimeSpan.Zero);

    public static IEnumerable<Type> RecordTypes => EventTypes.All.Select(type => type.DataType).Distinct();

    /// <summary>A record whose every property has a value that is not its default.</summary>
    public static object Filled(Type type)
    {
        var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties()) property.SetValue(record, ValueOf(property));
        return record;
    }

    /// <summary>The filled record in its envelope, every attribute set.</summary>
    public static CloudEvent<TData> Envelope<TData>(EventTypeInfo type)
        where TData : class => new()
        {
            Id = Guid.Parse("146249e0-ccdd-8e00-91cf-cfe595dfcd05"),
            Source = "/wecom/acme/contact",
            Type = type.CloudEventType,
            Subject = "subject",
            Time = Time,
            DataSchema = type.DataSchema,
            PartitionKey = "key",
            Origin = Origins.Derived,
            Cause = Guid.Parse("97e7d474-e66a-8044-9510-fb675355ce61"),
            Received = Time.AddMilliseconds(123),
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Data = (TData)Filled(typeof(TData)),
        };

    /// <summary>Runs a generic test for one record type, given by reflection.</summary>
    public static object? ForType(Type owner, string method, Type data, params object[] arguments)
    {
        try
        {
            return owner.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(data).Invoke(null, arguments);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw failure.InnerException;
        }
    }

    private static object ValueOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.Name switch
        {
            nameof(EventData.Corp) => "acme",
            _ when type == typeof(string) => $"{property.Name} 客户 \"<&>\" \\ \n",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 42,
            _ when type == typeof(long) => 7_300_000_000_000_000_001,
            _ when type == typeof(DateTimeOffset) => Time,
            _ when type == typeof(IReadOnlyList<string>) => new[] { "one", "two" },
            _ when type == typeof(IReadOnlyList<long>) => new[] { 1L, 2L },
            _ when type == typeof(IReadOnlyList<bool>) => new[] { true, false },
            _ when type == typeof(IReadOnlyList<TagChange>) => new[] { (TagChange)Filled(typeof(TagChange)) },
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["Event"] = "new_event" },
            _ when type == typeof(IReadOnlyDictionary<string, ProfileFact>) =>
                new Dictionary<string, ProfileFact> { ["level"] = (ProfileFact)Filled(typeof(ProfileFact)) },
            _ => Filled(type),
        };
    }
}
