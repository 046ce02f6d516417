namespace WecomBridge.Rules;

/// <summary>Conditions of a rule. All that are named must hold; of each list, any entry may. Empty matches everything.</summary>
internal sealed class When
{
    /// <summary>Configured corp names; patterns with <c>*</c> and <c>?</c>. Default: every corp.</summary>
    public IReadOnlyList<string> Corps { get; set; } = [];

    /// <summary>Channel parameters; patterns with <c>*</c> and <c>?</c>, case matters. <c>*</c> matches having none too, <c>?*</c> does not. Default: every channel.</summary>
    public IReadOnlyList<string> State { get; set; } = [];

    /// <summary>Staff ids; patterns with <c>*</c> and <c>?</c>, case does not matter. Default: everybody.</summary>
    public IReadOnlyList<string> Staff { get; set; } = [];

    /// <summary>Time of day in the corp's time zone, <c>09:00-21:00</c>: from the first minute until just before the second; <c>21:00-09:00</c> runs over midnight. Default: always.</summary>
    public string? Hours { get; set; }

    /// <summary>Days of the week in the corp's time zone: <c>Mon</c>, <c>Tue</c>, <c>Wed</c>, <c>Thu</c>, <c>Fri</c>, <c>Sat</c>, <c>Sun</c>. Default: every day.</summary>
    public IReadOnlyList<string> Days { get; set; } = [];
}
