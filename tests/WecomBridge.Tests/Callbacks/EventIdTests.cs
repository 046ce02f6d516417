using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Callbacks;

public sealed class EventIdTests
{
    [Fact]
    public void Two_customers_added_in_the_same_second_are_two_events() =>
        EventId.Of("acme", Added(customer: "wm1")).ShouldNotBe(EventId.Of("acme", Added(customer: "wm2")));

    [Fact]
    public void The_same_add_through_two_apps_with_two_codes_is_one_event() =>
        EventId.Of("acme", Added(("WelcomeCode", "CODE-1"))).ShouldBe(EventId.Of("acme", Added(("WelcomeCode", "CODE-2"), ("AgentID", "1000002"))));

    [Fact]
    public void A_copy_without_a_code_is_the_same_event() =>
        EventId.Of("acme", Added()).ShouldBe(EventId.Of("acme", Added(("WelcomeCode", "CODE-1"))));

    [Fact]
    public void The_same_callback_in_two_corps_is_two_events() =>
        EventId.Of("acme", Added()).ShouldNotBe(EventId.Of("globex", Added()));

    [Fact]
    public void A_line_feed_in_a_value_cannot_pass_for_another_element()
    {
        var one = Document(("A", "1\nB=2"));
        var two = Document(("A", "1"), ("B", "2"));
        var three = Document(("A", "1\\nB=2"));

        new[] { EventId.Of("acme", one), EventId.Of("acme", two), EventId.Of("acme", three) }.ShouldBeUnique();
    }

    [Theory]
    [InlineData("WelcomeCode", true)]
    [InlineData("welcomecode", true)]
    [InlineData("A/Token", true)]
    [InlineData("A/Token[12]", true)]
    [InlineData("Token/A", false)]
    [InlineData("MyToken", false)]
    [InlineData("TokenId", false)]
    [InlineData("AgentID", true)]
    [InlineData("", false)]
    public void Credentials_and_the_agent_are_left_out_by_the_last_name(string path, bool leftOut) =>
        EventId.IsLeftOut(path).ShouldBe(leftOut);

    [Fact]
    public void An_id_is_a_UUID_of_version_8()
    {
        var bytes = EventId.Of("acme", Added()).ToByteArray(bigEndian: true);

        (bytes[6] >> 4).ShouldBe(8);
        (bytes[8] >> 6).ShouldBe(2);
    }

    [Fact]
    public void A_callback_full_of_backslashes_takes_no_longer_than_its_size()
    {
        var document = Document(("A", new string('\\', 250_000)), ("B", new string('\n', 250_000)));

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        EventId.Of("acme", document).ShouldNotBe(Guid.Empty);
        System.Diagnostics.Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_order_of_elements_never_changes_an_id() =>
        Prop.ForAll(Documents(), (leaves) =>
        {
            var shuffled = leaves.ToArray();
            new System.Random(leaves.Length).Shuffle(shuffled);
            return EventId.Of("acme", new CallbackDocument(leaves)) == EventId.Of("acme", new CallbackDocument(shuffled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_change_of_a_hashed_value_changes_the_id() =>
        Prop.ForAll(Documents(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (leaves, value, index) =>
        {
            if (leaves.Length == 0) return true;

            var changed = leaves.ToArray();
            var at = index.Get % leaves.Length;
            changed[at] = changed[at] with { Value = Utf8(value.Get) };
            var same = changed[at] == leaves[at];
            return same == (EventId.Of("acme", new CallbackDocument(leaves)) == EventId.Of("acme", new CallbackDocument(changed)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_change_of_the_bytes_changes_the_id_of_an_unreadable_callback() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (one, two) =>
            one.AsSpan().SequenceEqual(two) == (EventId.OfUnreadable("acme", one) == EventId.OfUnreadable("acme", two))).QuickCheckThrowOnFailure();

    /// <summary>Documents of up to 60 leaves with paths of their own, so that both ways of sorting are met.</summary>
    private static Arbitrary<CallbackElement[]> Documents() =>
        (from count in Gen.Choose(0, 60)
         from values in Gen.ArrayOf(ArbMap.Default.GeneratorFor<NonNull<string>>(), count)
         select values.Select((value, i) => new CallbackElement($"{(char)('A' + (i % 7))}/E[{i}]", Utf8(value.Get))).ToArray()).ToArbitrary();

    /// <summary>A decrypted callback is UTF-8, so it holds no lone surrogate.</summary>
    private static string Utf8(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static CallbackDocument Added(params (string Path, string Value)[] more) => Added("wm1", more);

    private static CallbackDocument Added(string customer, params (string Path, string Value)[] more) => Document(
        [("CreateTime", "1700000000"), ("Event", "change_external_contact"), ("ChangeType", "add_external_contact"), ("UserID", "staff-001"), ("ExternalUserID", customer), .. more]);

    private static CallbackDocument Document(params (string Path, string Value)[] leaves) =>
        new([.. leaves.Select(leaf => new CallbackElement(leaf.Path, leaf.Value))]);
}
