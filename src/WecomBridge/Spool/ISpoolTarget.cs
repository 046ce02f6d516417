namespace WecomBridge.Spool;

/// <summary>Where the relay takes spooled messages: the broker, or in embedded mode our own consumers.</summary>
internal interface ISpoolTarget
{
    /// <summary>How many events are handed over at once.</summary>
    int BatchSize { get; }

    /// <summary>Whether a greeting may stay here until its deadline, so that others must not wait for it.</summary>
    bool WorksGreetings { get; }

    /// <summary>Completes when the lane may be relayed: everything that was stored past the spool has settled.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Hands messages over in order and returns those that have safely arrived; the others stay in the spool and are tried again.</summary>
    Task<IReadOnlyList<SpooledMessage>> DeliverAsync(IReadOnlyList<SpooledMessage> messages, CancellationToken cancellationToken);

    /// <summary>The spool was found empty.</summary>
    void SpoolEmpty();
}
