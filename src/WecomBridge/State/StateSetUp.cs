namespace WecomBridge.State;

/// <summary>Sets State up before anything else starts. A database that is away delays only what needs it: intake starts without it.</summary>
internal sealed class StateSetUp(IStateDatabase database, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StateSetUp> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>How long the start waits for the first attempt; a database that hangs must not hold intake back.</summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(5);

    private bool _done;

    /// <summary>The first attempt; a database that is too new stops the start here.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await MigrateAsync(either.Token);
        }
        catch (StateUnavailableException exception)
        {
            logger.SetUpDelayed(exception.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.SetUpDelayed("no answer in time");
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_done)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await MigrateAsync(stoppingToken);
            }
            catch (StateUnavailableException)
            {
                // Said once at the start; the next attempt follows.
            }
            catch (StateTooNewException exception)
            {
                logger.SetUpRefused(exception.Message);
                lifetime.StopApplication();
                return;
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var version = await StateMigrator.MigrateAsync(database, time, cancellationToken);
        _done = true;
        logger.Migrated(version);
    }
}
