using System.Text;
using Microsoft.AspNetCore.Http;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Answers whose text was cut in the middle of a character: one customer's name must not make the customer unreadable for ever.</summary>
public sealed class BrokenAnswerTests(PlatformFixture fixture) : IClassFixture<PlatformFixture>
{
    [Theory]
    [InlineData("Lin \\ud83d", "Lin \ufffd")]
    [InlineData("\\ude00 Lin", "\ufffd Lin")]
    [InlineData("\\ud83d\\ud83d\\ude00\\n", "\ufffd😀\n")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\\"q\\\\\\ud83d", "\"q\\\ufffd")]
    public async Task A_half_escaped_character_costs_that_character_alone(string written, string read)
    {
        fixture.Answers($$$"""{"errcode":0,"external_contact":{"external_userid":"wm1","name":"{{{written}}}"},"follow_user":[{"userid":"zhang"}]}""");

        var answer = await fixture.Client.GetWholeExternalContactAsync("wm1", TestContext.Current.CancellationToken);

        answer.ExternalContact!.Name.ShouldBe(read);
        answer.FollowUser.ShouldHaveSingleItem().Userid.ShouldBe("zhang");
    }

    [Fact]
    public async Task Bytes_that_are_no_character_cost_that_character_alone()
    {
        byte[] body = [.. """{"errcode":0,"external_contact":{"name":"林"""u8, 0xe6, 0x9e, .. "\"}}"u8];
        fixture.Answers((_, context) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(body).AsTask();
        });

        (await fixture.Client.GetWholeExternalContactAsync("wm1", TestContext.Current.CancellationToken)).ExternalContact!.Name.ShouldBe("林\ufffd");
    }

    [Fact]
    public async Task A_refusal_keeps_its_code_though_its_text_is_broken()
    {
        fixture.Answers("""{"errcode":40033,"errmsg":"invalid name Lin \ud83d"}""");

        var thrown = await Should.ThrowAsync<WecomException>(() => fixture.Client.GetWholeExternalContactAsync("wm1", TestContext.Current.CancellationToken));

        thrown.ErrorCode.ShouldBe(40033);
        thrown.PlatformText.ShouldBe("invalid name Lin \ufffd");
    }

    [Fact]
    public async Task An_answer_nested_beyond_reason_is_no_answer()
    {
        fixture.Answers($$"""{"errcode":0,"external_contact":{{new StringBuilder().Insert(0, "{\"a\":", 200)}}1{{new string('}', 200)}}}""");

        (await Should.ThrowAsync<WecomException>(() => fixture.Client.GetWholeExternalContactAsync("wm1", TestContext.Current.CancellationToken))).Failure.ShouldBe(WecomFailure.Transient);
    }
}
