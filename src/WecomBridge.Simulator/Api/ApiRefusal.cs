namespace WecomBridge.Simulator.Api;

/// <summary>Ends a call with a code; thrown where a field is read, so that every handler reads its fields in one line each.</summary>
internal sealed class ApiRefusal(int code, string? text = null) : Exception(text ?? ErrorTexts.Of(code))
{
    public int Code { get; } = code;

    /// <summary>A field that is missing, of a wrong type or out of bounds (40058), named as the platform's hint names it.</summary>
    public static ApiRefusal Parameter(string field, string rule = "missing or of a wrong type") => new(40058, $"invalid parameter: {field} {rule}");
}
