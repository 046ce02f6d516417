using System.Text;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>One key set of a callback configuration. Secret: prints nothing of itself.</summary>
/// <param name="Token">Token of the configuration.</param>
/// <param name="EncodingAesKey">43 characters of base64.</param>
public sealed record CallbackKey(string Token, string EncodingAesKey)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(CallbackKey);
}

/// <summary>A callback that one of the keys opened, or why none did.</summary>
/// <param name="result"><see cref="CallbackCryptoResult.Ok"/>, or the failure that came furthest.</param>
/// <param name="keyIndex">Which key set; -1 when none.</param>
/// <param name="message">The message; empty when not opened.</param>
public readonly struct OpenedCallback(CallbackCryptoResult result, int keyIndex, ReadOnlyMemory<byte> message)
{
    /// <summary><see cref="CallbackCryptoResult.Ok"/>, or the failure that came furthest.</summary>
    public CallbackCryptoResult Result { get; } = result;

    /// <summary>Index of the key set that opened it; -1 when none did.</summary>
    public int KeyIndex { get; } = keyIndex;

    /// <summary>The message, over an array of its own; empty when not opened.</summary>
    public ReadOnlyMemory<byte> Message { get; } = message;
}

/// <summary>All live key sets of one app: during a rotation WeCom may still use the old one. Thread-safe.</summary>
public sealed class CallbackKeyRing : IDisposable
{
    private readonly CallbackCrypto[] _keys;

    /// <summary>Prepares the key sets; they are tried in this order.</summary>
    /// <param name="keys">At least one.</param>
    /// <param name="receiverId">CorpID, SuiteID, or empty (smart bot, natural person's suite).</param>
    /// <exception cref="ArgumentException">No key, or an AES key that is not 43 characters of base64.</exception>
    public CallbackKeyRing(IEnumerable<CallbackKey> keys, string receiverId)
    {
        _keys = [.. keys.Select(key => new CallbackCrypto(key.Token, key.EncodingAesKey, receiverId))];
        if (_keys.Length == 0) throw new ArgumentException("At least one key set is needed.", nameof(keys));
    }

    /// <summary>Verifies and decrypts the ciphertext of a body with the first key that can.</summary>
    /// <param name="signature"><c>msg_signature</c> of the query.</param>
    /// <param name="timestamp">Text of the query.</param>
    /// <param name="nonce">Text of the query.</param>
    /// <param name="encrypt">Base64 ciphertext, UTF-8.</param>
    public OpenedCallback Open(string signature, string timestamp, string nonce, ReadOnlySpan<byte> encrypt)
    {
        var failure = CallbackCryptoResult.SignatureMismatch;
        for (var i = 0; i < _keys.Length; i++)
        {
            var result = _keys[i].Open(signature, timestamp, nonce, encrypt, out ReadOnlyMemory<byte> message);
            if (result == CallbackCryptoResult.Ok) return new(result, i, message);
            // Two key sets may share the token, so a fitting signature does not end the search.
            if (result != CallbackCryptoResult.SignatureMismatch) failure = result;
        }

        return new(failure, -1, default);
    }

    /// <summary>Verifies and decrypts the <c>echostr</c> of a GET; the answer's body is <see cref="OpenedCallback.Message"/> as it stands.</summary>
    /// <param name="signature"><c>msg_signature</c> of the query.</param>
    /// <param name="timestamp">Text of the query.</param>
    /// <param name="nonce">Text of the query.</param>
    /// <param name="echostr">Text of the query, decoded exactly once.</param>
    public OpenedCallback OpenEcho(string signature, string timestamp, string nonce, string echostr) =>
        Open(signature, timestamp, nonce, Encoding.UTF8.GetBytes(echostr));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }
}
