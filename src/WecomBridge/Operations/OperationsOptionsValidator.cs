using System.Net;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;

namespace WecomBridge.Operations;

/// <summary>Every fault names its key, never a token.</summary>
internal sealed class OperationsOptionsValidator(IHostEnvironment environment) : IValidateOptions<OperationsOptions>
{
    private const int LeastTokenChars = 16;

    public ValidateOptionsResult Validate(string? name, OperationsOptions options)
    {
        var faults = new List<string>();
        CheckUrl(options, faults);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (who, token) in options.Tokens)
        {
            var path = $"Operations:Tokens:{who}";
            if (!WecomOptionsValidator.Name().IsMatch(who)) faults.Add($"{path}: a name is 1–32 of a-z, 0-9, _ and -.");
            if (SecretText.FindFault($"{path}:Token", token.Token, environment.IsDevelopment(), out var text) is { } fault) faults.Add(fault);
            else if (text.Length < LeastTokenChars || text.Any(character => character is <= ' ' or > '~')) faults.Add($"{path}:Token must be at least {LeastTokenChars} characters of ASCII, without spaces.");
            else if (!tokens.Add(text)) faults.Add($"{path}:Token is that of another name.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckUrl(OperationsOptions options, List<string> faults)
    {
        if (options.Url.Length == 0) return;
        if (OperationsAddress.Read(options.Url) is not { } address)
            faults.Add("Operations:Url must be http://, an IP address or localhost, and a port; or empty for no pages.");
        else if (!IPAddress.IsLoopback(address.Address) && options.Tokens.Count == 0)
            faults.Add("Operations:Url is not a loopback address: it needs Operations:Tokens.");
    }
}
