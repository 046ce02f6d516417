using System.Text.Json.Serialization;

namespace WecomBridge.Spool;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class SpoolJson : JsonSerializerContext;
