namespace WecomBridge.Wecom.Callbacks;

/// <summary>One leaf of a decrypted callback.</summary>
/// <param name="Path">Element names joined by <c>/</c>, the root left out; siblings that share a name are numbered <c>[0]</c>, <c>[1]</c> in document order, a name that stands alone is not.</param>
/// <param name="Value">Text as WeCom sent it, never null; empty for an empty element.</param>
public readonly record struct CallbackElement(string Path, string Value);

/// <summary>A decrypted callback as its leaves in document order, whether WeCom wrote XML or JSON.</summary>
/// <remarks>The event id hashes exactly these leaves, so nothing is renamed, trimmed or left out here.</remarks>
public sealed class CallbackDocument
{
    /// <summary>Wraps leaves that a reader found.</summary>
    public CallbackDocument(IReadOnlyList<CallbackElement> elements) => Elements = elements;

    /// <summary>All leaves, in document order.</summary>
    public IReadOnlyList<CallbackElement> Elements { get; }

    /// <summary>The value at a path, compared ignoring case (WeCom's JSON envelopes write names in lower case); null when absent, empty when present and empty.</summary>
    public string? this[string path]
    {
        get
        {
            for (var i = 0; i < Elements.Count; i++)
            {
                if (string.Equals(Elements[i].Path, path, StringComparison.OrdinalIgnoreCase)) return Elements[i].Value;
            }

            return null;
        }
    }
}
