using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Wecom.Api;

/// <summary>One app of one corp, as far as calls need it.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="App">Configured name of the app.</param>
/// <param name="CorpId">The platform's id of the corp.</param>
/// <param name="Secret">The app's secret; never shown by <see cref="ToString"/>.</param>
public sealed record WecomApp(string Corp, string App, string CorpId, string Secret)
{
    /// <summary>SHA-256 of CorpId and secret: tells one secret from another without holding it.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{CorpId}\n{Secret}")));

    /// <summary>Names only.</summary>
    public override string ToString() => $"{Corp}/{App}";
}
