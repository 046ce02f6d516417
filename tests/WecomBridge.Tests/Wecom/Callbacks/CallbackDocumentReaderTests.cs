using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackDocumentReaderTests
{
    [Theory]
    [InlineData("<xml></xml>", "")]
    [InlineData("<xml/>", "")]
    [InlineData("<xml><A>1</A><B><![CDATA[2]]></B></xml>", "A=1|B=2")]
    [InlineData("<xml><A></A><B/><C><![CDATA[]]></C></xml>", "A=|B=|C=")]
    [InlineData("<xml><A>1</A><B>2</B><A>3</A></xml>", "A[0]=1|B=2|A[1]=3")]
    [InlineData("<xml><L><I>1</I><I>2</I></L><L><I>3</I></L></xml>", "L[0]/I[0]=1|L[0]/I[1]=2|L[1]/I=3")]
    [InlineData("<xml>\n <L>\n  <I> 1 </I>\n </L>\n</xml>\n", "L/I= 1 ")]
    [InlineData("<xml><A>  </A><B> <![CDATA[ x ]]> </B></xml>", "A=  |B=  x  ")]
    [InlineData("<xml><A>1<!-- c -->2<![CDATA[3]]>&amp;&#x4F60;</A></xml>", "A=123&你")]
    [InlineData("<xml><A><![CDATA[<b>&amp;]]></A></xml>", "A=<b>&amp;")]
    [InlineData("<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>", "A=a]]>b")]
    [InlineData("<xml><A>text<B>1</B>more</A></xml>", "A=textmore|A/B=1")]
    [InlineData("<xml>loose<B>1</B></xml>", "=loose|B=1")]
    [InlineData("<xml><A x='1'>2</A></xml>", "A=2")]
    [InlineData("<xml><A>1\r\n2</A></xml>", "A=1\n2")]
    [InlineData("<xml><A>😀中渠道A</A></xml>", "A=😀中渠道A")]
    [InlineData("{}", "")]
    [InlineData("""{"a":"1","b":2,"c":1.50,"d":true,"e":null,"f":""}""", "a=1|b=2|c=1.50|d=true|e=|f=")]
    [InlineData("""{"a":{"b":{"c":"1"}},"d":[]}""", "a/b/c=1|d=")]
    [InlineData("""{"a":["1"],"b":["1",2],"c":[{"d":1},{"d":2}]}""", "a=1|b[0]=1|b[1]=2|c[0]/d=1|c[1]/d=2")]
    [InlineData("""{"a":[[1,2],[3]],"b":{}}""", "a[0]/a[0]=1|a[0]/a[1]=2|a[1]/a=3|b=")]
    [InlineData("""{"a":1,"a":2,"\u0062":"\u4f60"}""", "a[0]=1|a[1]=2|b=你")]
    public void Gives_leaves_in_document_order(string text, string expected) => Describe(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Fact]
    public void Numbers_repeats_alike_in_long_documents()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"N{i % 100}").ToArray();
        var xml = "<xml>" + string.Concat(names.Select(name => $"<{name}>x</{name}>")) + "</xml>";
        Describe(Encoding.UTF8.GetBytes(xml)).ShouldBe(string.Join('|', names.Select((name, i) => $"{name}[{i / 100}]=x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("hello")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("1616140317555161061")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":1}\0")]
    [InlineData("<xml>")]
    [InlineData("<xml><A>1</A>")]
    [InlineData("<xml><A>1</B></xml>")]
    [InlineData("<xml><A>1</A></xml><xml/>")]
    [InlineData("<xml><A>\u0001</A></xml>")]
    [InlineData("<xml><A>\0</A></xml>")]
    [InlineData("<xml><A>&b;</A></xml>")]
    [InlineData("<xml><A>]]></A></xml>")]
    [InlineData("<xml><A>\uFFFE</A></xml>")]
    [InlineData("<xml><A>&#0;</A></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"gbk\"?><xml><A>1</A></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><xml><A>é</A></xml>")]
    [InlineData("<!DOCTYPE xml><xml><A>1</A></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><A>&e;</A></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p;]><xml><A>1</A></xml>")]
    [InlineData("<!DOCTYPE z [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><z><A>&c;</A></z>")]
    public void Refuses_what_is_neither(string text) => Refused(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8()
    {
        Refused([.. "<xml><A>"u8, 0xC3, 0x28, .. "</A></xml>"u8]);
        Refused([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]);
        Refused(Encoding.Unicode.GetBytes("<xml><A>1</A></xml>"));
        Refused([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<xml><A>1</A></xml>")]);
    }

    [Fact]
    public void Keeps_its_limits()
    {
        Describe(Encoding.UTF8.GetBytes(Nested(32))).ShouldEndWith("=x");
        Refused(Encoding.UTF8.GetBytes(Nested(33)));
        Refused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 80_000))));
        Refused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 33)) + "1" + new string('}', 33)));
        Refused(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000)));

        CallbackEventReader.Read(Encoding.UTF8.GetBytes(Many(20_000))).Document.Elements.Count.ShouldBe(20_000);
        Refused(Encoding.UTF8.GetBytes(Many(20_001)));
        Refused(Encoding.UTF8.GetBytes("<xml>" + new string(' ', 256 * 1024) + "</xml>"));
        // Few bytes whose paths would be gigabytes.
        Refused(Encoding.UTF8.GetBytes($"<xml><{new string('n', 100_000)}>{string.Concat(Enumerable.Repeat("<a/>", 10_000))}</{new string('n', 100_000)}></xml>"));

        static string Nested(int depth) => "<xml>" + string.Concat(Enumerable.Repeat("<a>", depth)) + "x" + string.Concat(Enumerable.Repeat("</a>", depth)) + "</xml>";
        static string Many(int count) => "<xml>" + string.Concat(Enumerable.Repeat("<a/>", count)) + "</xml>";
    }

    [Theory]
    [InlineData("<![CDATA[x]]>", 18_000)]
    [InlineData("x<b/>", 19_000)]
    [InlineData("x<!---->", 30_000)]
    public void Text_in_thousands_of_pieces_costs_no_more_than_its_length(string piece, int count)
    {
        var bytes = Encoding.UTF8.GetBytes("<xml><A>" + string.Concat(Enumerable.Repeat(piece, count)) + "</A></xml>");
        var start = Stopwatch.GetTimestamp();
        CallbackEventReader.Read(bytes).Document.Elements[0].Value.ShouldBe(new string('x', count));
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_message_of_a_refusal_holds_no_content()
    {
        foreach (var text in new[] { "SECRET", "<xml><A>SECRET", "<xml><SECRET></xml>", "{\"SECRET\":SECRET}", "<!DOCTYPE SECRET>" })
        {
            var failure = Should.Throw<CallbackUnreadableException>(() => EventForms.Read(text));
            failure.ToString().ShouldNotContain("SECRET");
            failure.InnerException.ShouldBeNull();
        }
    }

    [Fact]
    public void Random_trees_come_back_as_their_leaves_from_XML() =>
        Prop.ForAll(Trees(3).ToArbitrary(), root => Describe(Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting))) == string.Join('|', Leaves(root, ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_trees_come_back_as_their_leaves_from_JSON() =>
        Prop.ForAll(Trees(3).Where(root => root.HasElements).ToArbitrary(), root =>
        {
            var leaves = Leaves(root, "").Order(StringComparer.Ordinal).ToList();
            var read = Read(Encoding.UTF8.GetBytes(EventForms.ToJson(root).ToJsonString()))!.Elements;
            return read.Select(leaf => $"{leaf.Path}={leaf.Value}").Order(StringComparer.Ordinal).SequenceEqual(leaves);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_give_an_event_or_a_refusal() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            Read(bytes);
            Read([(byte)'<', .. bytes]);
            Read([(byte)'{', .. bytes]);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("<xml><xmlns>1</xmlns><xml>2</xml><XML>3</XML><a_1>4</a_1></xml>")]
    [InlineData("<xml><a>1 > 0</a><b>]] ></b><c><![CDATA[]]]]></c><d><![CDATA[<![CDATA[]]></d></xml>")]
    [InlineData("<xml><a>\u007F</a><b>\u0085</b><c>\u2028</c><d>\uFEFF</d><e>\uFDD0</e><f>\uFFFD</f><g>\U0010FFFF</g><h>\u00A0</h></xml>")]
    [InlineData("<xml>\t<a>\t</a>\n\t<b>\n</b></xml>\n\t ")]
    [InlineData("<xml><a>1</a>\u00A0</xml>")]
    [InlineData("<a><a>1</a></a>")]
    [InlineData("<a><ab>1</ab></a>")]
    [InlineData("<xml><a>1</ab></xml>")]
    [InlineData("<xml><1>1</1></xml>")]
    [InlineData("<xml><a >1</a ></xml >")]
    public void The_short_way_agrees_with_the_long_on_odd_text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Describe(bytes).ShouldBe(Describe([.. bytes, .. "<!---->"u8]));
    }

    [Theory]
    [MemberData(nameof(CallbackEventReaderTests.Names), MemberType = typeof(CallbackEventReaderTests))]
    public void Changed_callbacks_give_an_event_or_a_refusal_and_the_short_way_agrees_with_the_long(string name)
    {
        var xml = EventForms.Reversed(EventSamples.Xml(name));
        foreach (var text in new[] { xml, EventForms.AllCData(xml) })
        {
            Prop.ForAll(Mutations.Of(Encoding.UTF8.GetBytes(text)), bytes =>
            {
                // A comment behind the root keeps the flat reader away.
                byte[] other = [.. bytes, .. "<!---->"u8];
                return Describe(bytes) == Describe(other);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
        }

        Prop.ForAll(Mutations.Of(Encoding.UTF8.GetBytes(EventForms.Json(xml))), bytes => { Read(bytes); }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static string Describe(byte[] text) =>
        Read(text) is { } document ? string.Join('|', document.Elements.Select(leaf => $"{leaf.Path}={leaf.Value}")) : "refused";

    private static CallbackDocument? Read(byte[] text)
    {
        try
        {
            return CallbackEventReader.Read(text).Document;
        }
        catch (CallbackUnreadableException)
        {
            return null;
        }
    }

    private static void Refused(byte[] text) => Should.Throw<CallbackUnreadableException>(() => CallbackEventReader.Read(text));

    private static Gen<XElement> Trees(int depth) =>
        from name in Gen.Elements("A", "B", "Item", "UserID", "名", "x_1")
        from leaf in Gen.Frequency((depth == 0 ? 1 : 0, Gen.Constant(true)), (depth == 0 ? 0 : 1, Gen.Elements(true, false)))
        from section in Gen.Elements(true, false)
        from text in Gen.ArrayOf(Gen.Elements("a", " ", "渠道", "😀", "<", "&", "]]>", "\"", "\n", ",", "[0]", "/"))
        from children in leaf ? Gen.Constant(Array.Empty<XElement>()) : Gen.ArrayOf(Trees(depth - 1), 3)
        select leaf
            ? new XElement(name, section && !text.Contains("]]>") ? new XCData(string.Concat(text)) : new XText(string.Concat(text)))
            : new XElement(name, children.Cast<object>().ToArray());

    private static IEnumerable<string> Leaves(XElement element, string prefix)
    {
        if (prefix.Length == 0 && !element.HasElements && !string.IsNullOrWhiteSpace(element.Value)) yield return $"={element.Value}";
        foreach (var child in element.Elements())
        {
            var twins = element.Elements(child.Name).ToList();
            var path = prefix + child.Name.LocalName + (twins.Count > 1 ? $"[{twins.IndexOf(child)}]" : "");
            if (!child.HasElements) yield return $"{path}={child.Value}";
            else foreach (var leaf in Leaves(child, path + "/")) yield return leaf;
        }
    }
}
