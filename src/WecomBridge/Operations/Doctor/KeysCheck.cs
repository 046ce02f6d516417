using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Operations;

/// <summary>Token, AES key and receiver id of each app as WeCom's console would have them, and a round trip through them.</summary>
internal sealed partial class KeysCheck(IOptions<WecomOptions> wecom) : IDoctorCheck
{
    public string Name => "keys";

    public bool IsOfSettings => true;

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> found =
        [
            .. from corp in wecom.Value.Corps
               from app in corp.Value.Apps
               from finding in Look($"{corp.Key}/{app.Key}", corp.Value.CorpId, app.Value)
               select finding,
        ];
        return Task.FromResult(found.Count > 0 ? found : [Finding.Warning("", "No corp is configured: every callback is answered 404.", "Name corps and apps in Wecom:Corps.")]);
    }

    private static IEnumerable<Finding> Look(string app, string corpId, AppOptions options)
    {
        var receiver = options.ReceiverId ?? corpId;
        if (receiver != receiver.Trim() || corpId != corpId.Trim()) yield return Finding.Fault(app, "CorpId or ReceiverId has spaces around it.", "Remove them: every callback would be refused.");
        else if (receiver.Length > 0 && receiver != corpId)
            yield return Finding.Warning(app, "ReceiverId is another than CorpId, which is right for the callbacks of a third-party suite only.", "For an app of the corp's own leave ReceiverId out; for a smart bot make it empty.");
        for (var i = 0; i < options.Keys.Count; i++)
        {
            foreach (var finding in Look(app, i, receiver, options.Keys[i])) yield return finding;
        }
    }

    private static IEnumerable<Finding> Look(string app, int index, string receiver, KeyOptions options)
    {
        var (token, key) = (SecretText.Resolve(options.Token), SecretText.Resolve(options.EncodingAesKey));
        if (!ConsoleToken().IsMatch(token)) yield return Finding.Fault(app, $"Token of Keys:{index} cannot be the one of WeCom's console, which takes 1–32 letters and digits.", "Copy the Token from the app's page 接收消息 → 设置API接收 again, without spaces.");
        if (!ConsoleKey().IsMatch(key)) yield return Finding.Warning(app, $"EncodingAesKey of Keys:{index} has + or /, which WeCom's console does not make.", "Compare it with the one of the app's page 接收消息 → 设置API接收.");
        using var crypto = new CallbackCrypto(token, key, receiver);
        var sealedText = crypto.Seal("doctor"u8);
        var result = crypto.Open(crypto.Sign("1", "n", sealedText), "1", "n", sealedText, out var opened);
        yield return result == CallbackCryptoResult.Ok && Encoding.UTF8.GetString(opened) == "doctor"
            ? Finding.Well(app, $"Keys:{index} signs, encrypts and opens again; whether they are WeCom's is shown by its callbacks only.")
            : Finding.Fault(app, $"Keys:{index} does not open what it made itself ({result}).", "Copy Token and EncodingAesKey from WeCom's console again.");
    }

    [GeneratedRegex("^[A-Za-z0-9]{1,32}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ConsoleToken();

    [GeneratedRegex("^[A-Za-z0-9]{43}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ConsoleKey();
}
