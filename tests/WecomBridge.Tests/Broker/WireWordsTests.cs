using System.Reflection;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Broker;

public sealed class WireWordsTests
{
    [Fact]
    public void Every_known_word_stands_for_a_number()
    {
        var numbers = Enumerable.Range(0, 300).ToArray();

        WordsOf(typeof(AddWays)).Except(numbers.Select(number => WireWords.AddWay(number))).ShouldBeEmpty();
        WordsOf(typeof(StaffStatuses)).Except(numbers.Select(number => WireWords.StaffStatus($"{number}"))).ShouldBeEmpty();
        WordsOf(typeof(ApprovalChanges)).Except(numbers.Select(number => WireWords.ApprovalChange($"{number}"))).ShouldBeEmpty();
        WordsOf(typeof(ApprovalStatuses)).Except(numbers.Select(number => WireWords.ApprovalStatus($"{number}")).Append(WireWords.ApprovalStatus(null))).ShouldBeEmpty();
        WordsOf(typeof(JoinScenes)).Except(numbers.Select(number => WireWords.JoinScene($"{number}")).Append(WireWords.JoinScene(null))).ShouldBeEmpty();
        // A dissolved group has no number: nobody quit it.
        WordsOf(typeof(QuitScenes)).Except([QuitScenes.Dismissed]).Except(numbers.Select(number => WireWords.QuitScene($"{number}")).Append(WireWords.QuitScene(""))).ShouldBeEmpty();
    }

    [Fact]
    public void A_number_without_a_word_passes_as_it_is()
    {
        WireWords.AddWay(999).ShouldBe("999");
        WireWords.JoinScene("9").ShouldBe("9");
        WireWords.TagKind("fresh").ShouldBe("fresh");
        WireWords.StaffStatus("3").ShouldBe("3");
        WireWords.AddWay(null).ShouldBeNull();
    }

    private static string[] WordsOf(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
