namespace WecomBridge.Rules;

/// <summary>Conditions of a rule. All that are named must hold; of each list, any entry may. Empty matches everything.</summary>
/// <remarks>A condition on something that could not be looked up neither holds nor fails: its rule is passed over.</remarks>
internal sealed class When
{
    /// <summary>Configured corp names; patterns with <c>*</c> and <c>?</c>. Default: every corp.</summary>
    public IReadOnlyList<string> Corps { get; set; } = [];

    /// <summary>Configured names of the apps that received the callback; patterns with <c>*</c> and <c>?</c>. Default: every app.</summary>
    public IReadOnlyList<string> Apps { get; set; } = [];

    /// <summary>Channel parameters; patterns with <c>*</c> and <c>?</c>, case matters. <c>*</c> matches having none too, <c>?*</c> does not. Default: every channel.</summary>
    public IReadOnlyList<string> State { get; set; } = [];

    /// <summary>Staff ids; patterns with <c>*</c> and <c>?</c>, case does not matter. Default: everybody.</summary>
    public IReadOnlyList<string> Staff { get; set; } = [];

    /// <summary>Ids of the staff member's own departments. A member of a department below one of these does not match. Default: every department.</summary>
    public IReadOnlyList<string> Department { get; set; } = [];

    /// <summary>How the customer was added: words of <see cref="Contracts.AddWays"/>; a number that has no word stands for itself. Default: every way.</summary>
    public IReadOnlyList<string> AddWay { get; set; } = [];

    /// <summary>What the customer is: <c>wechat</c> or <c>wecom</c>. Default: both.</summary>
    public IReadOnlyList<string> Kind { get; set; } = [];

    /// <summary>Corp tags, each <c>Group/Tag</c>, that any member has put on the customer; patterns with <c>*</c> and <c>?</c>. Default: whatever tags there are.</summary>
    public IReadOnlyList<string> Stage { get; set; } = [];

    /// <summary>Time of day in the corp's time zone, <c>09:00-21:00</c>: from the first minute until just before the second; <c>21:00-09:00</c> runs over midnight. Default: always.</summary>
    public string? Hours { get; set; }

    /// <summary>Days of the week in the corp's time zone: <c>Mon</c>, <c>Tue</c>, <c>Wed</c>, <c>Thu</c>, <c>Fri</c>, <c>Sat</c>, <c>Sun</c>. Default: every day.</summary>
    public IReadOnlyList<string> Days { get; set; } = [];

    /// <summary>Days of the calendar in the corp's time zone: <c>2026-10-01</c>, <c>2026-10-01..2026-10-07</c>, and each year <c>10-01</c>, <c>12-30..01-02</c>. Default: every date.</summary>
    public IReadOnlyList<string> Dates { get; set; } = [];

    /// <summary>Whether the CRM knows the customer: <c>Known</c> or <c>Unknown</c>. Default: either.</summary>
    public string? Crm { get; set; }

    /// <summary>Conditions on what the CRM knows of the customer. Default: none.</summary>
    public FactConditions Facts { get; set; } = new();
}

/// <summary>Conditions on facts of the CRM; all three lists must hold.</summary>
internal sealed class FactConditions
{
    /// <summary>All of these hold. Default: none.</summary>
    public IReadOnlyList<FactCondition> All { get; set; } = [];

    /// <summary>At least one of these holds. Default: none, nothing is asked for.</summary>
    public IReadOnlyList<FactCondition> Any { get; set; } = [];

    /// <summary>None of these holds. Default: none.</summary>
    public IReadOnlyList<FactCondition> None { get; set; } = [];
}

/// <summary>One condition on one fact.</summary>
internal sealed class FactCondition
{
    /// <summary>A name of <c>Crm:Http:Fields</c>. Required.</summary>
    public string Field { get; set; } = "";

    /// <summary>A word of <see cref="FactOps"/>. Required.</summary>
    public string Op { get; set; } = "";

    /// <summary>What the fact is compared with; empty for <c>Exists</c>, <c>Missing</c> and <c>MonthIsNow</c>.</summary>
    public string Value { get; set; } = "";
}
