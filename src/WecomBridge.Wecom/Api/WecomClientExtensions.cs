namespace WecomBridge.Wecom.Api;

/// <summary>The calls by name; each is one call of <see cref="IWecomClient.ExecuteAsync"/>, whose exceptions it shares.</summary>
public static partial class WecomClientExtensions;
