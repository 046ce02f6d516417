using System.Collections.Frozen;

namespace WecomBridge.Wecom.Api;

/// <summary>The documented codes, each with its reaction, its meaning and what an administrator can do.</summary>
internal static partial class WecomErrorTable
{
    /// <summary>Every documented code but 0.</summary>
    public static FrozenDictionary<int, WecomErrorInfo> Build() =>
        new[] { Credentials, Parameters, Rates, Contacts, LicencesAndUploads }.SelectMany(rows => rows)
            .SelectMany(row => Enumerable.Range(row.First, (row.Last ?? row.First) - row.First + 1).Select(code => KeyValuePair.Create(code, new WecomErrorInfo(row.Failure, row.Meaning, row.Remedy))))
            .ToFrozenDictionary();

    /// <summary>A code, or codes in a row that mean the same.</summary>
    private sealed record Row(WecomFailure Failure, int First, string Meaning, string Remedy)
    {
        public int? Last { get; init; }
    }

    /// <summary>Sentences that codes of one kind share.</summary>
    private static class Remedies
    {
        public const string Wait = "Nothing to do: the call is made again by itself; if it never succeeds, look at WeCom's own notices of disturbances.";
        public const string Nothing = "Nothing to do: what the call is about has ended or was done before.";
        public const string Report = "The request itself is wrong and no repetition mends it: correct the setting or the data that the platform's text names, and report it with the code if there is none.";
        public const string ChangeFile = "Replace the file, picture or attachment by one within the platform's bounds of size, kind and number.";
        public const string Licence = "Settle the order or the activation of interface licences in the service provider's console (服务商后台 → 接口调用许可).";
    }
}
