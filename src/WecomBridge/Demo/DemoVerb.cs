using System.CommandLine;
using WecomBridge.Broker;
using WecomBridge.Operations;
using WecomBridge.Simulator;

namespace WecomBridge.Demo;

/// <summary><c>demo</c>: a simulated WeCom and CRM and the real service in one process, nothing to install.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Goes on until Ctrl+C, with new customers every few seconds." };
        var seed = new Option<int>("--seed") { Description = "Seed of the invented people. The same seed gives the same demo.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Shows the service at work against a simulated WeCom and CRM; nothing needs to be installed. Exit codes: 0 when all of it happened; 1 when something did not.") { keep, seed };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(seed), parsed.GetValue(keep), cancellationToken));
        return command;
    }

    /// <returns>0 when the simulator's ledger confirms everything, else 1.</returns>
    private static async Task<int> RunAsync(int seed, bool keep, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("wecombridge-demo-");
        try
        {
            await using var simulator = await WecomSimulator.StartAsync(DemoSettings.Simulator(seed), cancellationToken);
            var narrator = new DemoNarrator(Console.Out, simulator, TimeProvider.System);
            await using var app = ServiceHost.Build(DemoSettings.Service(simulator, folder.FullName), Environments.Development, builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                builder.Services.AddSingleton<EmbeddedOutbox>();
                builder.Services.AddSingleton<IOutbox>(provider => new NarratedOutbox(provider.GetRequiredService<EmbeddedOutbox>(), narrator));
            });
            await app.StartAsync(cancellationToken);
            simulator.Wecom.Corp().App().CallbackUrl = new Uri(new Uri(app.Urls.First()), $"/callback/{DemoSettings.Corp}/{DemoSettings.App}");
            narrator.Introduce(app.Urls.First());

            using var telling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var feed = narrator.TellAsync(telling.Token);
            var story = new DemoStory(simulator, narrator);
            await story.PlayAsync(cancellationToken);
            var complete = await DemoSummary.WaitAndPrintAsync(Console.Out, simulator, story, narrator, app.Services, cancellationToken);
            if (keep) await story.GoOnAsync(cancellationToken);
            await telling.CancelAsync();
            await feed;
            await app.StopAsync(CancellationToken.None);
            return complete ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
