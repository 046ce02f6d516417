using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace WecomBridge.Tests.Wecom.Callbacks;

/// <summary>Bytes with up to three places changed: overwritten, cut out, doubled, or something nasty put in.</summary>
internal static class Mutations
{
    private static readonly byte[][] Nasty =
        new[] { "\0", "<", "</", ">", "]]>", "<![CDATA[", "&", "&amp;", "&#0;", "<!--", "-->", "<a/>", "<a b='c'>", "\uFEFF", "\uFFFE", "\r\n", "\u0001", "\"", "\\", "{", "[", "}", ",", "<!DOCTYPE x>", "😀" }
            .Select(Encoding.UTF8.GetBytes).Append([0xC3]).Append([0xED, 0xA0, 0x80]).ToArray();

    public static Arbitrary<byte[]> Of(byte[] original) =>
        (from count in Gen.Choose(1, 3)
         from changes in Gen.ArrayOf(Change(original.Length), count)
         select changes.Aggregate(original, (bytes, change) => change(bytes))).ToArbitrary();

    private static Gen<Func<byte[], byte[]>> Change(int length) =>
        from kind in Gen.Choose(0, 3)
        from position in Gen.Choose(0, length)
        from size in Gen.Choose(1, 8)
        from value in Gen.Choose(0, 255)
        from nasty in Gen.Elements(Nasty)
        select (Func<byte[], byte[]>)(bytes =>
        {
            var at = Math.Min(position, bytes.Length);
            var end = Math.Min(at + size, bytes.Length);
            byte[] overwritten = at == bytes.Length ? [] : [(byte)value, .. bytes[(at + 1)..]];
            return kind switch
            {
                0 => [.. bytes[..at], .. overwritten],
                1 => [.. bytes[..at], .. bytes[end..]],
                2 => [.. bytes[..end], .. bytes[at..]],
                _ => [.. bytes[..at], .. nasty, .. bytes[at..]],
            };
        });
}
