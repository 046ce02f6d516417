using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>Outcome of opening a callback; numbers are those of WeCom's own library.</summary>
public enum CallbackCryptoResult
{
    /// <summary>Verified and decrypted.</summary>
    Ok = 0,
    /// <summary>The signature does not match.</summary>
    SignatureMismatch = -40001,
    /// <summary>The envelope is neither XML nor JSON, or has no <c>Encrypt</c>.</summary>
    ParseFailed = -40002,
    /// <summary>The receiver id behind the message is not ours.</summary>
    ReceiverMismatch = -40005,
    /// <summary>AES decryption failed.</summary>
    DecryptFailed = -40007,
    /// <summary>Padding or length of the decrypted buffer is illegal.</summary>
    IllegalBuffer = -40008,
    /// <summary>The ciphertext is not base64.</summary>
    Base64Failed = -40010,
}

/// <summary>WXBizMsgCrypt with one key set: signature, AES-256-CBC envelope, receiver id. Thread-safe.</summary>
/// <remarks>Source: callback cryptography, developer.work.weixin.qq.com 90968/91144.</remarks>
public sealed class CallbackCrypto : IDisposable
{
    private const int BlockSize = 32;
    private const int RandomSize = 16;
    private readonly byte[] _token;
    private readonly byte[] _receiverId;
    private readonly byte[] _iv;
    private readonly Aes _aes;

    /// <summary>Prepares one key set.</summary>
    /// <param name="token">Token of the callback configuration.</param>
    /// <param name="encodingAesKey">43 characters of base64.</param>
    /// <param name="receiverId">CorpID, SuiteID, or empty (smart bot, natural person's suite).</param>
    /// <exception cref="ArgumentException">The AES key is not 43 characters of base64 (-40004). The message does not hold the key.</exception>
    public CallbackCrypto(string token, string encodingAesKey, string receiverId)
    {
        _token = Encoding.UTF8.GetBytes(token);
        _receiverId = Encoding.UTF8.GetBytes(receiverId);
        var key = new byte[32];
        if (encodingAesKey.Length != 43 || !Convert.TryFromBase64String(encodingAesKey + "=", key, out var written) || written != 32)
            throw new ArgumentException("EncodingAESKey must be the 43 characters of base64 that the console shows (-40004).", nameof(encodingAesKey));
        _iv = key[..16];
        _aes = Aes.Create();
        _aes.Key = key;
    }

    /// <summary>Verifies and decrypts <c>Encrypt</c> or <c>echostr</c>.</summary>
    /// <param name="signature"><c>msg_signature</c> of the query.</param>
    /// <param name="timestamp">Text of the query, never re-printed.</param>
    /// <param name="nonce">Text of the query.</param>
    /// <param name="encrypt">Base64 ciphertext.</param>
    /// <param name="message">The message on success; else empty.</param>
    public CallbackCryptoResult Open(string signature, string timestamp, string nonce, string encrypt, out byte[] message)
    {
        message = [];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(timestamp, nonce, encrypt)), Encoding.UTF8.GetBytes(signature)))
            return CallbackCryptoResult.SignatureMismatch;
        var cipher = new byte[encrypt.Length];
        if (!Convert.TryFromBase64String(encrypt, cipher, out var length)) return CallbackCryptoResult.Base64Failed;
        if (length == 0 || length % BlockSize != 0) return CallbackCryptoResult.IllegalBuffer;
        var plain = _aes.DecryptCbc(cipher.AsSpan(0, length), _iv, PaddingMode.None);
        var pad = plain[^1];
        if (pad is 0 or > BlockSize || pad > plain.Length - RandomSize - 4) return CallbackCryptoResult.IllegalBuffer;
        if (plain.AsSpan(plain.Length - pad).ContainsAnyExcept(pad)) return CallbackCryptoResult.IllegalBuffer;
        var body = plain.AsSpan(RandomSize, plain.Length - pad - RandomSize);
        var size = BinaryPrimitives.ReadUInt32BigEndian(body);
        body = body[4..];
        if (size > body.Length) return CallbackCryptoResult.IllegalBuffer;
        if (!body[(int)size..].SequenceEqual(_receiverId)) return CallbackCryptoResult.ReceiverMismatch;
        message = body[..(int)size].ToArray();
        return CallbackCryptoResult.Ok;
    }

    /// <summary>Encrypts a message as WeCom does.</summary>
    /// <returns>Base64 for <c>Encrypt</c>.</returns>
    public string Seal(ReadOnlySpan<byte> message)
    {
        var length = RandomSize + 4 + message.Length + _receiverId.Length;
        var pad = BlockSize - length % BlockSize;
        var plain = new byte[length + pad];
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", RandomSize).AsSpan().ToArray().Select(c => (byte)c).ToArray().CopyTo(plain, 0);
        BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(RandomSize), (uint)message.Length);
        message.CopyTo(plain.AsSpan(RandomSize + 4));
        _receiverId.CopyTo(plain, RandomSize + 4 + message.Length);
        plain.AsSpan(length).Fill((byte)pad);
        return Convert.ToBase64String(_aes.EncryptCbc(plain, _iv, PaddingMode.None));
    }

    /// <summary>The <c>msg_signature</c> of a message: 40 lower-case hex digits.</summary>
    public string Sign(string timestamp, string nonce, string encrypt)
    {
        var parts = new[] { Encoding.UTF8.GetString(_token), timestamp, nonce, encrypt };
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();
}
