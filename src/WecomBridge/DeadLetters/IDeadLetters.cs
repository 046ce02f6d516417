namespace WecomBridge.DeadLetters;

/// <summary>What is to become of a letter.</summary>
internal enum LetterFate
{
    /// <summary>It stays where it is.</summary>
    Keep,

    /// <summary>Back to the queue it came from, with the same id and body, behind those before it.</summary>
    Retry,

    /// <summary>Gone for good.</summary>
    Discard,
}

/// <summary>The dead letters of all queues: on the broker, or in State for the embedded transport.</summary>
internal interface IDeadLetters
{
    /// <summary>Looks at letters, the oldest of each queue first, and does with each as told.</summary>
    /// <param name="queues">Which queues to look into.</param>
    /// <param name="max">At most so many of each queue: those behind are not seen.</param>
    /// <param name="decide">What is to become of a letter, given its body.</param>
    /// <param name="cancellationToken">Stops between two letters; those not yet decided stay.</param>
    /// <exception cref="Broker.BrokerUnavailableException">The broker is away, or a queue to go back to is gone.</exception>
    /// <exception cref="State.StateUnavailableException">State is away.</exception>
    Task WalkAsync(Func<string, bool> queues, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide, CancellationToken cancellationToken);
}
