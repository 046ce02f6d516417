using System.Collections.Immutable;

namespace WecomBridge.Simulator.Platform;

/// <summary>An acquisition link (获客链接).</summary>
/// <param name="LinkId"><c>ca…</c></param>
/// <param name="Name">Shown in the console.</param>
/// <param name="Users">Members it leads to, in turn.</param>
public sealed record SimulatedLink(string LinkId, string Name, IReadOnlyList<string> Users)
{
    /// <summary>App that made it; only this one may read or change it through the API.</summary>
    public string App { get; init; } = "";
    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>Departments it leads to, beside the members.</summary>
    public IReadOnlyList<long> Departments { get; init; } = [];
    /// <summary>Whether members need not confirm. Default true.</summary>
    public bool SkipVerify { get; init; } = true;
    /// <summary>Whether the customer's source names the app. Default true.</summary>
    public bool MarkSource { get; init; } = true;
    /// <summary>1 whoever of the corp is a friend already comes first, 2 friends among <see cref="PriorityUsers"/>, 0 neither.</summary>
    public long PriorityType { get; init; }
    /// <summary>For type 2.</summary>
    public IReadOnlyList<string> PriorityUsers { get; init; } = [];
    /// <summary>Who came by it, in order.</summary>
    public ImmutableList<SimulatedLinkVisit> Visits { get; init; } = [];
    /// <summary>How many customers came by it.</summary>
    public int Customers => Visits.Count;
    /// <summary>What the customer clicks.</summary>
    public string Url => $"https://work.weixin.qq.com/ca/{LinkId}";
}

/// <summary>A customer who came by a link.</summary>
/// <param name="ExternalUserId">The customer.</param>
/// <param name="UserId">The member they were led to.</param>
/// <param name="Channel"><c>customer_channel</c>; empty for none.</param>
/// <param name="At">When.</param>
public sealed record SimulatedLinkVisit(string ExternalUserId, string UserId, string Channel, DateTimeOffset At)
{
    /// <summary>Messages the customer has written since.</summary>
    public int Messages { get; init; }
}
