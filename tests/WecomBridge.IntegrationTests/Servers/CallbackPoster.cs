using System.Net.Http.Headers;
using System.Text;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Posts callbacks whose plaintext a test writes itself, without WeCom's retries.</summary>
internal sealed class CallbackPoster : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CallbackCrypto _crypto = new(World.Token, World.AesKey, World.CorpId);

    /// <summary>An add, or another change, of the family change_external_contact.</summary>
    public static string Contact(string changeType, string userId, string externalUserId, long createTime, string more = "") =>
        $"<xml><ToUserName><![CDATA[{World.CorpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{createTime}</CreateTime><MsgType><![CDATA[event]]></MsgType>" +
        $"<Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{changeType}]]></ChangeType><UserID><![CDATA[{userId}]]></UserID><ExternalUserID><![CDATA[{externalUserId}]]></ExternalUserID>{more}</xml>";

    /// <summary>The event id that the contract promises for a plaintext.</summary>
    public static string IdOf(string plaintext) => EventId.Of(World.Corp, CallbackEventReader.Read(Encoding.UTF8.GetBytes(plaintext)).Document).ToString();

    /// <summary>Posts a plaintext to a bridge; true when it was acknowledged with 200, false when it was answered otherwise or not at all.</summary>
    public async Task<bool> PostAsync(int port, string plaintext)
    {
        var ciphertext = _crypto.Seal(Encoding.UTF8.GetBytes(plaintext));
        var url = new Uri($"{World.CallbackUrl(port)}?msg_signature={_crypto.Sign("1700000000", "n", ciphertext)}&timestamp=1700000000&nonce=n");
        try
        {
            using var answer = await _http.PostAsync(url, new StringContent($"<xml><Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>", new MediaTypeHeaderValue("text/xml")));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _crypto.Dispose();
    }
}
