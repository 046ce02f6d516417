using System.Runtime.InteropServices;

namespace WecomBridge.Wecom.Api;

/// <summary>How much may be asked of one API by one corp, all its apps and all instances together (developer page 90312).</summary>
/// <param name="PerMinute">Calls the platform takes in a minute, at least 1. Default 10,000.</param>
/// <param name="PerHour">Calls the platform takes in an hour, at least 1. Default 150,000.</param>
/// <param name="UsedShare">Part of both that is used, above 0 and at most 1. Default 0.9: other software of the corp may call as well, and calls arrive less evenly than they leave.</param>
public sealed record CallLimits(int PerMinute = 10_000, int PerHour = 150_000, double UsedShare = 0.9)
{
    private static readonly double[] Shares = [1, 0.9, 0.8, 0.7];

    /// <summary>A lane's part of budget and concurrency. What a later lane may not touch is there for the earlier ones at any moment: a tenth for each.</summary>
    internal static double ShareOf(CallLane lane) => Shares[(int)lane];

    /// <summary>What may have been used, by all lanes together, for a call of this lane still to be made.</summary>
    internal CallBudget BudgetOf(CallLane lane) => new(Part(PerMinute, lane), Part(PerHour, lane));

    // A hair above, so that 0.7 of 0.9 of a round number is not one less for the way fractions are stored.
    private int Part(int limit, CallLane lane) => Math.Max(1, (int)((limit * UsedShare * ShareOf(lane)) + 1e-6));
}

/// <summary>Calls that may have been made at most.</summary>
/// <param name="PerMinute">In any minute.</param>
/// <param name="PerHour">In any hour.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CallBudget(int PerMinute, int PerHour);
