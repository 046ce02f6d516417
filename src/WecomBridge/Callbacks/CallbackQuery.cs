using Microsoft.AspNetCore.WebUtilities;

namespace WecomBridge.Callbacks;

/// <summary>The signed parameters of a callback, decoded exactly once.</summary>
internal readonly record struct CallbackQuery(string Signature, string Timestamp, string Nonce, string? Echo)
{
    /// <summary>Reads the parameters; others are ignored.</summary>
    /// <returns>False when one is missing, empty or doubled: which of two was signed would be anyone's guess.</returns>
    public static bool TryRead(QueryString queryString, bool withEcho, out CallbackQuery query)
    {
        string? signature = null, timestamp = null, nonce = null, echo = null;
        var once = true;
        foreach (var pair in new QueryStringEnumerable(queryString.Value))
        {
            var name = pair.EncodedName.Span;
            if (name.SequenceEqual("msg_signature")) Take(ref signature, pair);
            else if (name.SequenceEqual("timestamp")) Take(ref timestamp, pair);
            else if (name.SequenceEqual("nonce")) Take(ref nonce, pair);
            else if (name.SequenceEqual("echostr")) Take(ref echo, pair);
        }

        query = new CallbackQuery(signature ?? "", timestamp ?? "", nonce ?? "", echo);
        return once && signature is { Length: > 0 } && timestamp is { Length: > 0 } && nonce is { Length: > 0 } && (!withEcho || echo is { Length: > 0 });

        void Take(ref string? target, QueryStringEnumerable.EncodedNameValuePair pair)
        {
            once &= target is null;
            target = pair.DecodeValue().ToString();
        }
    }
}
