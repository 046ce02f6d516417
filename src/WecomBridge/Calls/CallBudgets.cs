using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>Ledgers of calls in State: each is read, changed and written in one transaction, so instances never reserve the same calls.</summary>
internal static class CallBudgets
{
    /// <summary>Changes the ledger of one API.</summary>
    public static async Task<T> ChangeAsync<T>(StateSession session, string corp, string api, Func<CallLedger, T> change)
    {
        var select = $"SELECT ledger FROM call_budgets WHERE corp = @corp AND api = @api {session.ForUpdate}";
        var text = await session.FindAsync<string>(select, new { corp, api });
        if (text is null)
        {
            // Two instances may come first at once; after this line there is a row to lock.
            await session.ExecuteAsync("INSERT INTO call_budgets (corp, api, ledger) VALUES (@corp, @api, '') ON CONFLICT (corp, api) DO NOTHING", new { corp, api });
            text = await session.FindAsync<string>(select, new { corp, api });
        }

        var ledger = Read(text);
        var value = change(ledger);
        await session.ExecuteAsync("UPDATE call_budgets SET ledger = @Ledger WHERE corp = @corp AND api = @api", new { corp, api, Ledger = ledger.ToText() });
        return value;
    }

    private static CallLedger Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? new CallLedger() : CallLedger.Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // Another version's or a damaged one: an hour's counts are not worth stopping all calls for.
            return new CallLedger();
        }
    }
}
