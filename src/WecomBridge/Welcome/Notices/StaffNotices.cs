using Microsoft.Extensions.Options;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>Makes it due that a member is told of a missed greeting.</summary>
internal sealed class StaffNotices(IOptionsMonitor<WelcomeOptions> options, TimeProvider time)
{
    /// <summary>What a member misses within it is told in one message; and an event of the same add that is greeted yet withdraws the notice.</summary>
    public static readonly TimeSpan FoldFor = TimeSpan.FromMinutes(1);

    /// <summary>Notes how a greeting ended. Of a customer who may have been greeted nobody is told.</summary>
    /// <param name="session">The transaction in which the ledger notes it.</param>
    /// <param name="command">Whose greeting.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="isNoted">The ledger has taken it; false when another run has the say.</param>
    /// <returns><paramref name="isNoted"/>.</returns>
    public async Task<bool> NoteAsync(StateSession session, SendWelcome command, SendResult result, bool isNoted)
    {
        if (!options.CurrentValue.NotifyStaff) return isNoted;
        var now = time.GetUtcNow();
        var key = new RelationKey(command.Corp, command.UserId, command.ExternalUserId);
        if (result.Reason is not { } reason)
            await StaffNoticeStore.WithdrawAsync(session, key);
        else if (isNoted && result.Outcome == GreetingOutcome.Missed && CallsForStaff(reason) && await StaffNoticeStore.TryAddAsync(session, new StaffNotice(key, command.State, reason, now)))
            await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Notices, key.Corp, key.UserKey), command.App, now + FoldFor, command.EventId, now);
        return isNoted;
    }

    /// <summary>
    /// Without a code the two already talk, or WeCom has greeted in another way; a customer who has not agreed to archiving is greeted when they do;
    /// and who writes no rule for somebody, or none at all, wants no greeting.
    /// </summary>
    private static bool CallsForStaff(string reason) => reason is WelcomeMissReasons.Expired or WelcomeMissReasons.Rejected or WelcomeMissReasons.Unavailable;
}
