using System.Diagnostics;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Waits for what becomes true by the work of others.</summary>
internal static class Eventually
{
    /// <summary>Where no promise sets a limit: long enough for a machine that is busy with other tests.</summary>
    private const int Patience = 90;

    public static Task BecomesTrueAsync(string what, Func<bool> condition, int seconds = Patience) =>
        BecomesTrueAsync(what, () => Task.FromResult(condition()), seconds);

    public static async Task BecomesTrueAsync(string what, Func<Task<bool>> condition, int seconds = Patience)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds), $"Waited for: {what}");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }
}
