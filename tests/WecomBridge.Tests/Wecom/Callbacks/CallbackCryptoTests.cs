using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackCryptoTests
{
    private const string Timestamp = "1700000000";
    private const string Nonce = "nonce";

    [Theory]
    [MemberData(nameof(Vector.Names), MemberType = typeof(Vector))]
    public void Opens_what_WeCom_sealed(string name)
    {
        var vector = Vector.Get(name);
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, vector.ReceiverId);

        crypto.Open(vector.Signature, vector.Timestamp, vector.Nonce, vector.Encrypt, out var text).ShouldBe(CallbackCryptoResult.Ok);
        crypto.Open(vector.Signature, vector.Timestamp, vector.Nonce, Encoding.UTF8.GetBytes(vector.Encrypt), out ReadOnlyMemory<byte> bytes).ShouldBe(CallbackCryptoResult.Ok);

        Encoding.UTF8.GetString(text).ShouldBe(vector.Message);
        bytes.ToArray().ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Vector.Names), MemberType = typeof(Vector))]
    public void Signs_as_WeCom_signs(string name)
    {
        var vector = Vector.Get(name);
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, vector.ReceiverId);
        crypto.Sign(vector.Timestamp, vector.Nonce, vector.Encrypt).ShouldBe(vector.Signature);
    }

    [Fact]
    public void Counts_the_message_in_bytes()
    {
        var vector = Vector.Get("V8");
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        crypto.Open(vector.Signature, vector.Timestamp, vector.Nonce, vector.Encrypt, out var message);
        message.Length.ShouldBe(49);
    }

    [Theory]
    [InlineData("V7")]
    [InlineData("V5")]
    public void Refuses_a_message_for_another_receiver(string name)
    {
        var vector = Vector.Get(name);
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        crypto.Open(vector.Signature, vector.Timestamp, vector.Nonce, vector.Encrypt, out var message).ShouldBe(CallbackCryptoResult.ReceiverMismatch);
        message.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2CC")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2*")]
    [InlineData("jWmYm7qr5nMoAUwZ jGtBxmz3KA1tkAj3ykkR6q2B2C")]
    public void Refuses_a_key_that_is_not_43_characters_of_base64_without_repeating_it(string key)
    {
        var failure = Should.Throw<ArgumentException>(() => new CallbackCrypto(Vector.Token, key, Vector.CorpId));
        if (key.Length > 0) failure.Message.ShouldNotContain(key);
    }

    [Fact]
    public void Refuses_any_single_changed_bit_of_what_is_signed()
    {
        var vector = Vector.Get("V3");
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        foreach (var changed in BitChanges(vector.Encrypt)) Open(vector with { Encrypt = changed }).ShouldBe(CallbackCryptoResult.SignatureMismatch);
        foreach (var changed in BitChanges(vector.Timestamp)) Open(vector with { Timestamp = changed }).ShouldBe(CallbackCryptoResult.SignatureMismatch);
        foreach (var changed in BitChanges(vector.Nonce)) Open(vector with { Nonce = changed }).ShouldBe(CallbackCryptoResult.SignatureMismatch);
        foreach (var changed in BitChanges(vector.Signature)) Open(vector with { Signature = changed }).ShouldBe(CallbackCryptoResult.SignatureMismatch);

        CallbackCryptoResult Open(Vector v) => crypto.Open(v.Signature, v.Timestamp, v.Nonce, v.Encrypt, out _);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1BD5B39327B5EC75818A088711F157617B6EB619")]
    [InlineData("1bd5b39327b5ec75818a088711f157617b6eb6190")]
    [InlineData("1bd5b39327b5ec75818a088711f157617b6eb61é")]
    [InlineData("1bd5b39327b5ec75818a088711f157617b6eb61")]
    public void Refuses_a_signature_that_is_not_the_forty_lower_case_digits(string signature)
    {
        var vector = Vector.Get("V3");
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        crypto.Open(signature, vector.Timestamp, vector.Nonce, vector.Encrypt, out _).ShouldBe(CallbackCryptoResult.SignatureMismatch);
    }

    [Theory]
    [InlineData("*not base64*")]
    [InlineData("AAAA=AAA")]
    [InlineData("AAA")]
    [InlineData("渠道")]
    public void Tells_a_signed_text_that_is_not_base64(string encrypt) => OpenSigned(encrypt).ShouldBe(CallbackCryptoResult.Base64Failed);

    [Theory]
    [InlineData(0, CallbackCryptoResult.DecryptFailed)]
    [InlineData(15, CallbackCryptoResult.DecryptFailed)]
    [InlineData(33, CallbackCryptoResult.DecryptFailed)]
    [InlineData(16, CallbackCryptoResult.IllegalBuffer)]
    [InlineData(48, CallbackCryptoResult.IllegalBuffer)]
    public void Refuses_a_ciphertext_of_no_possible_length(int length, CallbackCryptoResult expected) =>
        OpenSigned(Convert.ToBase64String(new byte[length])).ShouldBe(expected);

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(255)]
    public void Refuses_a_padding_of_no_possible_length(byte pad)
    {
        var plain = Plain("message", Vector.CorpId, 7);
        plain[^1] = pad;
        OpenSigned(Encrypt(plain)).ShouldBe(CallbackCryptoResult.IllegalBuffer);
    }

    [Fact]
    public void Refuses_a_padding_whose_bytes_differ()
    {
        var plain = Plain("message", Vector.CorpId, 7);
        plain[^2] ^= 1;
        OpenSigned(Encrypt(plain)).ShouldBe(CallbackCryptoResult.IllegalBuffer);
    }

    [Theory]
    [InlineData(26)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0x80000000)]
    [InlineData(0xFFFFFFFF)]
    public void Refuses_a_length_beyond_the_buffer(uint length) =>
        OpenSigned(Encrypt(Plain("message", Vector.CorpId, length))).ShouldBe(CallbackCryptoResult.IllegalBuffer);

    [Fact]
    public void Refuses_a_buffer_that_is_nothing_but_padding()
    {
        var plain = new byte[32];
        Array.Fill(plain, (byte)32);
        OpenSigned(Encrypt(plain)).ShouldBe(CallbackCryptoResult.IllegalBuffer);
    }

    [Theory]
    [InlineData(6, CallbackCryptoResult.ReceiverMismatch)]
    [InlineData(8, CallbackCryptoResult.ReceiverMismatch)]
    [InlineData(7, CallbackCryptoResult.Ok)]
    public void Takes_the_receiver_from_where_the_length_says(uint length, CallbackCryptoResult expected) =>
        OpenSigned(Encrypt(Plain("message", Vector.CorpId, length))).ShouldBe(expected);

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(-32)]
    [InlineData(-1)]
    public void Refuses_a_flipped_ciphertext_byte_under_a_fresh_signature_where_it_meets_the_frame(int position)
    {
        var cipher = Convert.FromBase64String(Vector.Get("V3").Encrypt);
        cipher[position < 0 ? cipher.Length + position : position] ^= 0x80;
        OpenSigned(Convert.ToBase64String(cipher)).ShouldBeOneOf(CallbackCryptoResult.IllegalBuffer, CallbackCryptoResult.ReceiverMismatch, CallbackCryptoResult.DecryptFailed);
    }

    [Fact]
    public void Whatever_is_sealed_for_any_receiver_opens_again() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (message, receiver, nonce) =>
        {
            using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, receiver.Get);
            var encrypt = crypto.Seal(message);
            var result = crypto.Open(crypto.Sign(Timestamp, nonce.Get, encrypt), Timestamp, nonce.Get, encrypt, out var opened);
            return result == CallbackCryptoResult.Ok && opened.AsSpan().SequenceEqual(message);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_padding_length_comes_up_and_opens()
    {
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        for (var length = 0; length < 64; length++)
        {
            var encrypt = crypto.Seal(new byte[length]);
            crypto.Open(crypto.Sign(Timestamp, Nonce, encrypt), Timestamp, Nonce, encrypt, out var opened).ShouldBe(CallbackCryptoResult.Ok);
            opened.Length.ShouldBe(length);
        }
    }

    [Fact]
    public void Random_signed_ciphertext_is_refused_and_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var padded = bytes.Concat(new byte[(32 - bytes.Length % 32) % 32]).ToArray();
            return OpenSigned(Convert.ToBase64String(bytes)) != CallbackCryptoResult.Ok && OpenSigned(Convert.ToBase64String(padded)) != CallbackCryptoResult.Ok;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sorts_the_parts_by_bytes_whatever_they_are() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (token, nonce, encrypt) =>
        {
            using var crypto = new CallbackCrypto(token.Get, Vector.AesKey, "");
            var parts = new[] { token.Get, Timestamp, nonce.Get, encrypt.Get }.Select(Encoding.UTF8.GetBytes).ToList();
            parts.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
            return crypto.Sign(Timestamp, nonce.Get, encrypt.Get) == Convert.ToHexStringLower(SHA1.HashData(parts.SelectMany(part => part).ToArray()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Opens_on_many_threads_at_once()
    {
        var vector = Vector.Get("V3");
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 500).Count(_ =>
            crypto.Open(vector.Signature, vector.Timestamp, vector.Nonce, vector.Encrypt, out var message) == CallbackCryptoResult.Ok
            && Encoding.UTF8.GetString(message) == vector.Message))));
        opened.Sum().ShouldBe(4000);
    }

    [Fact]
    public void Is_not_used_after_its_end()
    {
        var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        crypto.Dispose();
        Should.Throw<ObjectDisposedException>(() => crypto.Seal([1]));
    }

    private static CallbackCryptoResult OpenSigned(string encrypt)
    {
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        return crypto.Open(crypto.Sign(Timestamp, Nonce, encrypt), Timestamp, Nonce, encrypt, out _);
    }

    private static IEnumerable<string> BitChanges(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = text.ToCharArray();
                changed[i] = (char)(changed[i] ^ (1 << bit));
                yield return new string(changed);
            }
        }
    }

    /// <summary>The buffer before encryption, with a length of one's own choice.</summary>
    private static byte[] Plain(string message, string receiver, uint length)
    {
        byte[] plain = [.. "0123456789abcdef"u8, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. Encoding.UTF8.GetBytes(message + receiver)];
        var pad = 32 - plain.Length % 32;
        return [.. plain, .. Enumerable.Repeat((byte)pad, pad)];
    }

    private static string Encrypt(byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Vector.AesKey + "=");
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
