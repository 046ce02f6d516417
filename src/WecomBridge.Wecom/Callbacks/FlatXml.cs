using System.Buffers;
using System.Text.Unicode;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>
/// The one shape of XML that nearly every callback has, read straight from its bytes: a root whose children hold nothing but one piece of text or one CDATA section.
/// It gives up (<see cref="IsFlat"/> is false) on anything else, valid or not (attributes, references, comments, nesting, declarations, control characters), and an XML reader then decides:
/// whatever it accepts means the same to an XML reader.
/// </summary>
internal ref struct FlatXml
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    /// <summary>Not allowed in XML, or (carriage return) changed by an XML reader.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private readonly ReadOnlySpan<byte> _text;
    private readonly Range _root;
    private int _at;

    /// <summary>How U+FFFE and U+FFFF begin, which XML does not allow.</summary>
    private static ReadOnlySpan<byte> NonCharacterStart => [0xEF, 0xBF];

    /// <param name="text">UTF-8 without a byte order mark.</param>
    public FlatXml(ReadOnlySpan<byte> text)
    {
        _text = text;
        IsFlat = !text.ContainsAny(Controls) && text.IndexOf(NonCharacterStart) < 0 && Utf8.IsValid(text) && TryReadStartTag(out _root);
    }

    /// <summary>False once something was met that only an XML reader can judge.</summary>
    public bool IsFlat { get; private set; }

    /// <summary>Where the current element's name stands.</summary>
    public Range Name { get; private set; }

    /// <summary>Where the current element's text stands.</summary>
    public Range Value { get; private set; }

    /// <summary>Moves to the next child of the root.</summary>
    /// <returns>False at the end of the document, or when it is not flat.</returns>
    public bool MoveNext()
    {
        if (!IsFlat) return false;
        SkipWhitespace();
        if (TryReadEndTag(_root))
        {
            SkipWhitespace();
            IsFlat = _at == _text.Length;
            return false;
        }

        IsFlat = TryReadStartTag(out var name) && TryReadValue(out var value) && Keep(name, value) && TryReadEndTag(name);
        return IsFlat;
    }

    private bool Keep(Range name, Range value)
    {
        Name = name;
        Value = value;
        return true;
    }

    private bool TryReadStartTag(out Range name)
    {
        name = default;
        var rest = _text[_at..];
        if (rest.Length < 3 || rest[0] != '<' || !char.IsAsciiLetter((char)rest[1])) return false;
        var length = rest[1..].IndexOfAnyExcept(NameBytes);
        if (length < 0 || rest[1 + length] != '>') return false;
        name = (_at + 1)..(_at + 1 + length);
        _at += length + 2;
        return true;
    }

    private bool TryReadEndTag(Range name)
    {
        var rest = _text[_at..];
        var expected = _text[name];
        if (!rest.StartsWith("</"u8) || !rest[2..].StartsWith(expected)) return false;
        var length = expected.Length + 2;
        if (rest.Length <= length || rest[length] != '>') return false;
        _at += length + 1;
        return true;
    }

    private bool TryReadValue(out Range value)
    {
        value = default;
        var rest = _text[_at..];
        if (rest.StartsWith("<![CDATA["u8))
        {
            var length = rest[9..].IndexOf("]]>"u8);
            if (length < 0) return false;
            value = (_at + 9)..(_at + 9 + length);
            _at += length + 12;
            return true;
        }

        var end = rest.IndexOf((byte)'<');
        if (end < 0 || rest[..end].Contains((byte)'&') || rest[..end].IndexOf("]]>"u8) >= 0) return false;
        value = _at..(_at + end);
        _at += end;
        return true;
    }

    private void SkipWhitespace()
    {
        var length = _text[_at..].IndexOfAnyExcept(" \t\n"u8);
        _at = length < 0 ? _text.Length : _at + length;
    }
}
