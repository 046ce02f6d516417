using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Callbacks;

/// <summary>Every fault names its key, never its value.</summary>
internal sealed partial class WecomOptionsValidator(IHostEnvironment environment) : IValidateOptions<WecomOptions>
{
    private const int AesKeyChars = 43;
    private const int MostKeys = 4;

    public ValidateOptionsResult Validate(string? name, WecomOptions options)
    {
        var faults = new List<string>();
        if (!options.ApiBaseUrl.IsAbsoluteUri || (options.ApiBaseUrl.Scheme != Uri.UriSchemeHttps && !(options.ApiBaseUrl.Scheme == Uri.UriSchemeHttp && options.ApiBaseUrl.IsLoopback)))
            faults.Add("Wecom:ApiBaseUrl must be an https address; http is allowed for loopback addresses only.");
        if (options.CallTimeout < TimeSpan.FromSeconds(0.1) || options.CallTimeout > TimeSpan.FromMinutes(1))
            faults.Add("Wecom:CallTimeout must lie between 0.1 s and 60 s.");
        if (options.Limits.PerMinute is < 1 or > 1_000_000) faults.Add("Wecom:Limits:PerMinute must lie between 1 and 1000000.");
        if (options.Limits.PerHour is < 1 or > 10_000_000) faults.Add("Wecom:Limits:PerHour must lie between 1 and 10000000.");
        if (!(options.Limits.UsedShare is >= 0.01 and <= 1)) faults.Add("Wecom:Limits:UsedShare must lie between 0.01 and 1.");

        foreach (var (corp, corpOptions) in options.Corps) CheckCorp($"Wecom:Corps:{corp}", corp, corpOptions, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>A word of the routing key.</summary>
    [GeneratedRegex("^[a-z0-9_-]{1,32}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    internal static partial Regex Name();

    private void CheckCorp(string path, string corp, CorpOptions options, List<string> faults)
    {
        if (!Name().IsMatch(corp)) faults.Add($"{path}: a corp's name is 1–32 of a-z, 0-9, _ and -.");
        if (string.IsNullOrWhiteSpace(options.CorpId)) faults.Add($"{path}:CorpId is missing.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _)) faults.Add($"{path}:TimeZone is not a time zone of this machine.");
        if (options.Apps.Count == 0) faults.Add($"{path}:Apps is empty.");
        foreach (var (app, appOptions) in options.Apps) CheckApp($"{path}:Apps:{app}", app, appOptions, faults);
    }

    private void CheckApp(string path, string app, AppOptions options, List<string> faults)
    {
        if (!Name().IsMatch(app)) faults.Add($"{path}: an app's name is 1–32 of a-z, 0-9, _ and -.");
        if (options.Secret is not null) CheckSecret($"{path}:Secret", options.Secret, faults, out _);
        if (options.Keys.Count is 0 or > MostKeys) faults.Add($"{path}:Keys must hold 1–{MostKeys} pairs of Token and EncodingAesKey.");
        for (var i = 0; i < options.Keys.Count; i++)
        {
            CheckSecret($"{path}:Keys:{i}:Token", options.Keys[i].Token, faults, out _);
            if (CheckSecret($"{path}:Keys:{i}:EncodingAesKey", options.Keys[i].EncodingAesKey, faults, out var key) && !IsAesKey(key))
                faults.Add($"{path}:Keys:{i}:EncodingAesKey must be {AesKeyChars} characters of a-z, A-Z, 0-9, + and /.");
        }
    }

    private bool CheckSecret(string path, string value, List<string> faults, out string resolved)
    {
        var fault = SecretText.FindFault(path, value, environment.IsDevelopment(), out resolved);
        if (fault is not null) faults.Add(fault);
        return fault is null;
    }

    private static bool IsAesKey(string key) => key.Length == AesKeyChars && !key.Contains('=') && key.All(char.IsAscii) && Base64.IsValid(Encoding.ASCII.GetBytes(key[..40]));
}
