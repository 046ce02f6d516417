using WecomBridge.Operations;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>A callback as it was captured.</summary>
/// <param name="Encrypt">Base64 ciphertext, UTF-8.</param>
/// <param name="ToUserName">Of the envelope; unsigned.</param>
/// <param name="Signed">Parameters of its address; null when they were not captured, and the signature is not checked.</param>
internal sealed record CapturedCallback(ReadOnlyMemory<byte> Encrypt, string? ToUserName, CallbackQuery? Signed);

/// <summary>What keys make of a captured callback.</summary>
/// <param name="Message">The plaintext; empty when it could not be opened.</param>
/// <param name="KeyIndex">Which key set opened it; -1 when none did.</param>
/// <param name="Fault">What is wrong, one sentence; null when nothing is.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record CapturedReading(ReadOnlyMemory<byte> Message, int KeyIndex, string? Fault, string? Remedy);

/// <summary>Tells exactly which part of an app's callback settings does not fit a captured callback.</summary>
internal static class CapturedCallbackReader
{
    private static readonly CallbackQuery Unsigned = new("", "1", "n", null);

    /// <summary>Reads it with the keys of one app.</summary>
    public static CapturedReading Read(CapturedCallback callback, WecomOptions wecom, string corp, string app)
    {
        var (corpOptions, appOptions) = wecom.Find(corp, app)!.Value;
        var receiver = appOptions.ReceiverId ?? corpOptions.CorpId;
        CapturedReading? nearest = null;
        for (var i = 0; i < appOptions.Keys.Count; i++)
        {
            var reading = Read(callback, appOptions.Keys[i], i, receiver, wecom);
            if (reading.Fault is null) return reading;
            if (nearest is null || !reading.Message.IsEmpty) nearest = reading;
        }

        return nearest!.Message.IsEmpty && FindOwner(callback, wecom, corp, app) is { } owner
            ? nearest with { Remedy = $"It opens with the keys of {owner}: send the callbacks of that app to its own address, or give it with --corp and --app." }
            : nearest;
    }

    /// <summary>Signature and decryption are looked at apart; one that is only signed wrongly is still opened.</summary>
    private static CapturedReading Read(CapturedCallback callback, KeyOptions options, int index, string receiver, WecomOptions wecom)
    {
        var isSigned = IsSigned(callback, options, receiver);
        var result = Open(callback, options, receiver, out var message);
        return (isSigned, result) switch
        {
            (not false, CallbackCryptoResult.Ok) => new(message, index, null, null),
            (_, CallbackCryptoResult.Base64Failed) => Failed("The ciphertext is not whole base64.", "Capture the body again, every byte of it: it was cut or changed on the way."),
            (false, CallbackCryptoResult.Ok) => new(message, index, "The signature is not of this Token; EncodingAesKey and receiver id fit.", "Copy the Token from WeCom's console (接收消息 → 设置API接收), or give the query parameters as they were captured, decoded once."),
            (_, CallbackCryptoResult.ReceiverMismatch) => Failed($"The callback is addressed to another receiver than \"{receiver}\"{Addressee(callback, options, wecom)}.", "Correct CorpId, or set ReceiverId: a suite's id for a suite, empty for a smart bot."),
            (false, _) => Failed("Neither signature nor ciphertext fit this Token and EncodingAesKey.", "Copy both from WeCom's console (接收消息 → 设置API接收): they are of another configuration or were made anew."),
            (true, _) => Failed("The signature fits the Token, but EncodingAesKey opens nothing: padding and length make no sense.", "Copy the EncodingAesKey from WeCom's console (接收消息 → 设置API接收)."),
            _ => Failed("EncodingAesKey opens nothing: padding and length make no sense.", "Copy the EncodingAesKey from WeCom's console (接收消息 → 设置API接收)."),
        };
    }

    private static CapturedReading Failed(string fault, string remedy) => new(default, -1, fault, remedy);

    private static bool? IsSigned(CapturedCallback callback, KeyOptions options, string receiver)
    {
        if (callback.Signed is not { } signed) return null;
        using var crypto = Crypto(options, receiver);
        return crypto.Sign(signed.Timestamp, signed.Nonce, Text(callback.Encrypt)) == signed.Signature;
    }

    /// <summary>Decrypts with a signature of our own, whatever the captured one was.</summary>
    private static CallbackCryptoResult Open(CapturedCallback callback, KeyOptions options, string receiver, out ReadOnlyMemory<byte> message)
    {
        using var crypto = Crypto(options, receiver);
        return crypto.Open(crypto.Sign(Unsigned.Timestamp, Unsigned.Nonce, Text(callback.Encrypt)), Unsigned.Timestamp, Unsigned.Nonce, callback.Encrypt.Span, out message);
    }

    private static string Addressee(CapturedCallback callback, KeyOptions options, WecomOptions wecom)
    {
        var candidates = wecom.Corps.Values.SelectMany(corp => corp.Apps.Values.Select(app => app.ReceiverId).Append(corp.CorpId)).Append(callback.ToUserName).Append("").OfType<string>().Distinct(StringComparer.Ordinal);
        var found = candidates.FirstOrDefault(candidate => Open(callback, options, candidate, out _) == CallbackCryptoResult.Ok);
        return found is null ? "" : found.Length == 0 ? ": to an empty one" : $": to \"{found}\"";
    }

    private static string? FindOwner(CapturedCallback callback, WecomOptions wecom, string corp, string app) =>
        (from other in wecom.Corps
         from otherApp in other.Value.Apps
         where (other.Key, otherApp.Key) != (corp, app) && otherApp.Value.Keys.Exists(key => Open(callback, key, otherApp.Value.ReceiverId ?? other.Value.CorpId, out _) == CallbackCryptoResult.Ok)
         select $"{other.Key}/{otherApp.Key}").FirstOrDefault();

    private static CallbackCrypto Crypto(KeyOptions options, string receiver) => new(SecretText.Resolve(options.Token), SecretText.Resolve(options.EncodingAesKey), receiver);

    private static string Text(ReadOnlyMemory<byte> encrypt) => System.Text.Encoding.UTF8.GetString(encrypt.Span);
}
