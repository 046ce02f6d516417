using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>WXBizMsgCrypt with one key set: signature, AES-256-CBC envelope, receiver id. Thread-safe.</summary>
/// <remarks>Source: callback cryptography, developer.work.weixin.qq.com 90968/91144.</remarks>
public sealed class CallbackCrypto : IDisposable
{
    /// <summary>Padding block: 32, not AES's 16, so that a library's own padding cannot be used.</summary>
    private const int PaddingBlock = 32;
    private const int AesBlock = 16;
    private const int RandomSize = 16;
    private const int HeaderSize = RandomSize + sizeof(uint);
    private const int SignatureLength = 2 * SHA1.HashSizeInBytes;
    private static readonly byte[] RandomAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray();
    private readonly byte[] _token;
    private readonly byte[] _receiverId;
    private readonly byte[] _key;
    private readonly byte[] _iv;

    // Aes promises nothing about concurrent calls on one object, so each call borrows one; there are never more of them than calls ran at once.
    private readonly ConcurrentQueue<Aes> _idle = new();
    private volatile bool _disposed;

    /// <summary>Prepares one key set.</summary>
    /// <param name="token">Token of the callback configuration.</param>
    /// <param name="encodingAesKey">43 characters of base64.</param>
    /// <param name="receiverId">CorpID, SuiteID, or empty (smart bot, natural person's suite).</param>
    /// <exception cref="ArgumentException">The AES key is not 43 characters of base64 (-40004). The message does not hold the key.</exception>
    public CallbackCrypto(string token, string encodingAesKey, string receiverId)
    {
        _token = Encoding.UTF8.GetBytes(token);
        _receiverId = Encoding.UTF8.GetBytes(receiverId);
        _key = new byte[32];
        // Convert, not Base64: real keys carry non-zero unused bits in the last character, which Base64 refuses.
        if (encodingAesKey.Length != 43 || !Convert.TryFromBase64String(encodingAesKey + "=", _key, out var written) || written != 32)
            throw new ArgumentException("EncodingAESKey must be the 43 characters of base64 that the console shows (-40004).", nameof(encodingAesKey));
        _iv = _key[..AesBlock];
    }

    /// <summary>Verifies and decrypts <c>Encrypt</c> or <c>echostr</c>.</summary>
    /// <param name="signature"><c>msg_signature</c> of the query.</param>
    /// <param name="timestamp">Text of the query, never re-printed.</param>
    /// <param name="nonce">Text of the query.</param>
    /// <param name="encrypt">Base64 ciphertext.</param>
    /// <param name="message">The message on success; else empty.</param>
    public CallbackCryptoResult Open(string signature, string timestamp, string nonce, string encrypt, out byte[] message)
    {
        var result = Open(signature, timestamp, nonce, Encoding.UTF8.GetBytes(encrypt), out ReadOnlyMemory<byte> plain);
        message = plain.ToArray();
        return result;
    }

    /// <summary>Verifies and decrypts <c>Encrypt</c> as it stands in the body.</summary>
    /// <param name="signature"><c>msg_signature</c> of the query.</param>
    /// <param name="timestamp">Text of the query, never re-printed.</param>
    /// <param name="nonce">Text of the query.</param>
    /// <param name="encrypt">Base64 ciphertext, UTF-8.</param>
    /// <param name="message">The message on success, over an array of its own; else empty.</param>
    public CallbackCryptoResult Open(string signature, string timestamp, string nonce, ReadOnlySpan<byte> encrypt, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (!Verify(signature, timestamp, nonce, encrypt)) return CallbackCryptoResult.SignatureMismatch;
        var cipher = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(encrypt.Length));
        try
        {
            return Base64.DecodeFromUtf8(encrypt, cipher, out _, out var length) == OperationStatus.Done
                ? Decrypt(cipher.AsSpan(0, length), out message)
                : CallbackCryptoResult.Base64Failed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(cipher);
        }
    }

    /// <summary>Encrypts a message as WeCom does.</summary>
    /// <returns>Base64 for <c>Encrypt</c>.</returns>
    public string Seal(ReadOnlySpan<byte> message)
    {
        var length = HeaderSize + message.Length + _receiverId.Length;
        var pad = PaddingBlock - length % PaddingBlock;
        var plain = new byte[length + pad];
        RandomNumberGenerator.GetItems<byte>(RandomAlphabet, plain.AsSpan(0, RandomSize));
        BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(RandomSize), (uint)message.Length);
        message.CopyTo(plain.AsSpan(HeaderSize));
        _receiverId.CopyTo(plain, HeaderSize + message.Length);
        plain.AsSpan(length).Fill((byte)pad);
        var aes = Borrow();
        var cipher = aes.EncryptCbc(plain, _iv, PaddingMode.None);
        _idle.Enqueue(aes);
        return Convert.ToBase64String(cipher);
    }

    /// <summary>The <c>msg_signature</c> of a message: 40 lower-case hex digits.</summary>
    public string Sign(string timestamp, string nonce, string encrypt)
    {
        Span<byte> signature = stackalloc byte[SignatureLength];
        Sign(timestamp, nonce, Encoding.UTF8.GetBytes(encrypt), signature);
        return Encoding.ASCII.GetString(signature);
    }

    /// <summary>Ends the use of the key; later calls throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryDequeue(out var aes)) aes.Dispose();
    }

    private bool Verify(string signature, string timestamp, string nonce, ReadOnlySpan<byte> encrypt)
    {
        Span<byte> given = stackalloc byte[SignatureLength];
        if (signature.Length != SignatureLength || Encoding.UTF8.GetByteCount(signature) != SignatureLength) return false;
        Encoding.UTF8.GetBytes(signature, given);
        Span<byte> expected = stackalloc byte[SignatureLength];
        Sign(timestamp, nonce, encrypt, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    private void Sign(string timestamp, string nonce, ReadOnlySpan<byte> encrypt, Span<byte> signature)
    {
        var timestampSize = Encoding.UTF8.GetByteCount(timestamp);
        var nonceSize = Encoding.UTF8.GetByteCount(nonce);
        var textSize = timestampSize + nonceSize;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * textSize + _token.Length + encrypt.Length);
        try
        {
            Encoding.UTF8.GetBytes(timestamp, buffer);
            Encoding.UTF8.GetBytes(nonce, buffer.AsSpan(timestampSize));
            ReadOnlySpan<byte> a = _token, b = buffer.AsSpan(0, timestampSize), c = buffer.AsSpan(timestampSize, nonceSize), d = encrypt;
            Order(ref a, ref b);
            Order(ref c, ref d);
            Order(ref a, ref c);
            Order(ref b, ref d);
            Order(ref b, ref c);

            var text = buffer.AsSpan(textSize, textSize + _token.Length + encrypt.Length);
            a.CopyTo(text);
            b.CopyTo(text[a.Length..]);
            c.CopyTo(text[(a.Length + b.Length)..]);
            d.CopyTo(text[(a.Length + b.Length + c.Length)..]);
            Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
            SHA1.HashData(text, hash);
            Convert.TryToHexStringLower(hash, signature, out _);
        }
        finally
        {
            // The token is in there.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Byte order, as WeCom sorts; one comparison of the sorting network for four.</summary>
    private static void Order(ref ReadOnlySpan<byte> low, ref ReadOnlySpan<byte> high)
    {
        if (low.SequenceCompareTo(high) <= 0) return;
        var swapped = low;
        low = high;
        high = swapped;
    }

    private CallbackCryptoResult Decrypt(ReadOnlySpan<byte> cipher, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (cipher.Length == 0 || cipher.Length % AesBlock != 0) return CallbackCryptoResult.DecryptFailed;
        if (cipher.Length % PaddingBlock != 0) return CallbackCryptoResult.IllegalBuffer;
        var plain = GC.AllocateUninitializedArray<byte>(cipher.Length);
        var aes = Borrow();
        aes.DecryptCbc(cipher, _iv, plain, PaddingMode.None);
        _idle.Enqueue(aes);
        return Unpack(plain, out message);
    }

    private CallbackCryptoResult Unpack(byte[] plain, out ReadOnlyMemory<byte> message)
    {
        message = default;
        var pad = plain[^1];
        if (pad is 0 or > PaddingBlock || plain.Length - pad < HeaderSize) return CallbackCryptoResult.IllegalBuffer;
        if (plain.AsSpan(plain.Length - pad).ContainsAnyExcept(pad)) return CallbackCryptoResult.IllegalBuffer;
        var size = BinaryPrimitives.ReadUInt32BigEndian(plain.AsSpan(RandomSize));
        var rest = plain.AsMemory(HeaderSize, plain.Length - pad - HeaderSize);
        if (size > rest.Length) return CallbackCryptoResult.IllegalBuffer;
        if (!rest.Span[(int)size..].SequenceEqual(_receiverId)) return CallbackCryptoResult.ReceiverMismatch;
        message = rest[..(int)size];
        return CallbackCryptoResult.Ok;
    }

    private Aes Borrow()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryDequeue(out var idle)) return idle;
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }
}
