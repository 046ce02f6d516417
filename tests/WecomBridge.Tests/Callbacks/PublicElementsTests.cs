using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Callbacks;

public sealed class PublicElementsTests
{
    [Theory]
    [InlineData("ToUserName", false)]
    [InlineData("fromusername", false)]
    [InlineData("CreateTime", false)]
    [InlineData("Event", false)]
    [InlineData("ChangeType", false)]
    [InlineData("UserID", false)]
    [InlineData("ExternalUserID", false)]
    [InlineData("ChatId", false)]
    [InlineData("OpenKfId", false)]
    [InlineData("MemChangeList/Item[0]", false)]
    [InlineData("WelcomeCode", true)]
    [InlineData("welcomecode", true)]
    [InlineData("A/NewSecretThing/B", true)]
    [InlineData("CustomerName", true)]
    [InlineData("Mobile[3]", true)]
    [InlineData("ExtAttr/Item[0]/Type", true)]
    public void Private_elements_are_known_by_their_names(string path, bool isPrivate) =>
        PublicElements.IsPrivate(path).ShouldBe(isPrivate);

    [Fact]
    public void Elements_and_values_are_bounded()
    {
        var document = new CallbackDocument([.. Enumerable.Range(0, 100).Select(i => new CallbackElement($"E[{i}]", new string('x', 300)))]);

        var elements = PublicElements.Of(document, out var truncated);

        truncated.ShouldBeTrue();
        elements.Count.ShouldBe(64);
        elements.Values.ShouldAllBe(value => value.Length == 256);
    }

    [Fact]
    public void A_path_beyond_bounds_is_left_out()
    {
        var elements = PublicElements.Of(new CallbackDocument([new CallbackElement(new string('E', 257), "1"), new CallbackElement("F", "2")]), out var truncated);

        truncated.ShouldBeTrue();
        elements.Keys.ShouldBe(["F"]);
    }

    [Fact]
    public void A_character_of_two_units_is_never_cut() =>
        PublicElements.Clip(new string('x', 255) + "😀")!.Length.ShouldBe(255);
}
