namespace WecomBridge.Operations;

/// <summary>A part of the service that must do more than read its options anew when settings change. Never called twice at once.</summary>
internal interface IReloadable
{
    /// <summary>Finds out whether the new settings can be taken over; changes nothing that publishes or decisions go by.</summary>
    /// <param name="candidate">Holds the new settings as options, valid.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>What is against it, each naming its key; empty when nothing is.</returns>
    /// <exception cref="ReloadPostponedException">It cannot be told now.</exception>
    Task<IReadOnlyList<string>> PrepareAsync(IServiceProvider candidate, CancellationToken cancellationToken);

    /// <summary>Takes over what was prepared.</summary>
    Task ApplyAsync(CancellationToken cancellationToken);
}

/// <summary>New settings must wait, because something that is needed to take them over is away.</summary>
/// <param name="reason">What is away.</param>
internal sealed class ReloadPostponedException(string reason) : Exception(reason);
