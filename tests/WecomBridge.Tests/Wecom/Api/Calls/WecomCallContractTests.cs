using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Each call against a platform that answers as documented, then oddly, then not at all.</summary>
public sealed class WecomCallContractTests(PlatformFixture fixture) : IClassFixture<PlatformFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_request_class_has_its_sample() =>
        WecomCalls.All.Select(call => call.Request.Name).Order(StringComparer.Ordinal).ShouldBe(
            typeof(IWecomClient).Assembly.GetTypes().Where(IsRequest).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_path_has_its_request() =>
        WecomCalls.All.Select(call => call.Path).Append(WecomPaths.GetToken).Order(StringComparer.Ordinal).ShouldBe(
            typeof(WecomPaths).GetFields().Select(field => (string)field.GetValue(null)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Calls_that_write_one_record_share_its_key() =>
        WecomCalls.All.Where(call => call.WriteKey is not null).Select(call => $"{call.WriteKey}: {call.Path}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "caEXAMPLE01: externalcontact/customer_acquisition/delete_link",
            "caEXAMPLE01: externalcontact/customer_acquisition/update_link",
            "cfEXAMPLE01: externalcontact/del_contact_way",
            "cfEXAMPLE01: externalcontact/groupchat/del_join_way",
            "cfEXAMPLE01: externalcontact/groupchat/update_join_way",
            "cfEXAMPLE01: externalcontact/update_contact_way",
            "corp_tags: externalcontact/add_corp_tag",
            "corp_tags: externalcontact/add_strategy_tag",
            "corp_tags: externalcontact/del_corp_tag",
            "corp_tags: externalcontact/del_strategy_tag",
            "corp_tags: externalcontact/edit_corp_tag",
            "corp_tags: externalcontact/edit_strategy_tag",
            "customer_strategy: externalcontact/customer_strategy/del",
            "customer_strategy: externalcontact/customer_strategy/edit",
            "li: externalcontact/groupchat/onjob_transfer",
            "li: externalcontact/groupchat/transfer",
            "momEXAMPLE01: externalcontact/cancel_moment_task",
            "msgEXAMPLE01: externalcontact/cancel_groupmsg_send",
            "wmEXAMPLE01: externalcontact/close_temp_chat",
            "wmEXAMPLE01: externalcontact/mark_tag",
            "wmEXAMPLE01: externalcontact/remark",
            "zhang: externalcontact/resigned/transfer_customer",
            "zhang: externalcontact/transfer_customer",
        ]);

    [Theory]
    [MemberData(nameof(WecomCalls.Paths), MemberType = typeof(WecomCalls))]
    public async Task A_call_sends_what_is_documented(string path)
    {
        var call = WecomCalls.Of(path);
        fixture.Answers(call.AnswersWithFile ? """{"errcode":40007}""" : call.Answer);

        if (call.AnswersWithFile) await Should.ThrowAsync<WecomException>(() => call.Call(fixture.Client, Ct));
        else await call.Call(fixture.Client, Ct);

        var sent = fixture.Platform.Requests.Last();
        sent.Method.ShouldBe(call.Method);
        sent.Path.ShouldBe("/cgi-bin/" + call.Path);
        sent.Query["access_token"].ShouldBe(PlatformFixture.Token);
        var query = string.Join('&', sent.Query.Where(pair => pair.Key != "access_token").Select(pair => $"{pair.Key}={pair.Value}"));
        query.ShouldBe(call.Method == "GET" || call.IsUpload ? call.Sent : "");
        if (call.IsUpload) sent.ContentType.ShouldNotBeNull().ShouldStartWith("multipart/form-data; boundary=");
        else if (call.Method == "GET") sent.Body.ShouldBeEmpty();
        else
        {
            sent.ContentType.ShouldBe("application/json; charset=utf-8");
            JsonNode.DeepEquals(JsonNode.Parse(sent.Body), JsonNode.Parse(call.Sent)).ShouldBeTrue(sent.Body);
        }
    }

    [Theory]
    [MemberData(nameof(WecomCalls.Paths), MemberType = typeof(WecomCalls))]
    public async Task An_answer_is_read_however_oddly_it_is_written(string path)
    {
        var call = WecomCalls.Of(path);
        if (call.AnswersWithFile)
        {
            fixture.Answers(200, "image/png", call.Answer);
            Encoding.UTF8.GetString((await call.Call(fixture.Client, Ct)).RawBody.Span).ShouldBe(call.Answer);
            return;
        }

        foreach (var (name, body, expected) in JsonOddities.Of(call.Answer))
        {
            fixture.Answers(body);
            var where = $"{path} ({name})";

            var answer = await call.Call(fixture.Client, Ct);

            answer.IsSuccessful().ShouldBeTrue(where);
            Encoding.UTF8.GetString(answer.RawBody.Span).ShouldBe(body, where);
            answer.ErrorMessage.ShouldBe("ok", where);
            expected.Remove("errcode");
            expected.Remove("errmsg");
            answer.ShouldHold(expected, where);
            answer.ShouldHaveItsLists(where);
        }
    }

    [Theory]
    [MemberData(nameof(WecomCalls.Paths), MemberType = typeof(WecomCalls))]
    public async Task What_is_no_answer_is_one_clear_failure(string path)
    {
        var call = WecomCalls.Of(path);
        foreach (var (status, type, body, failure, code, unknown) in BadAnswers(call))
        {
            fixture.Answers(status, type, body);

            var thrown = await Should.ThrowAsync<WecomException>(() => call.Call(fixture.Client, Ct), body);

            thrown.Failure.ShouldBe(failure, body);
            thrown.ErrorCode.ShouldBe(code, body);
            thrown.OutcomeUnknown.ShouldBe(unknown, body);
            thrown.Api.ShouldBe(path);
            thrown.ToString().ShouldNotContain("CANARY");
        }
    }

    private static IEnumerable<(int Status, string Type, string Body, WecomFailure Failure, int? Code, bool Unknown)> BadAnswers(WecomCallSample call)
    {
        const string json = "application/json";
        if (!call.AnswersWithFile) yield return (200, json, call.Answer[..(call.Answer.Length / 2)], WecomFailure.Transient, null, true);
        yield return (200, json, """{"errcode":0,"errmsg":"o""", WecomFailure.Transient, null, true);
        yield return (200, json, """{"errcode":null,"errmsg":"ok"}""", WecomFailure.Transient, null, true);
        yield return (200, json, """{"errcode":{},"errmsg":"ok"}""", WecomFailure.Transient, null, true);
        yield return (200, json, "[]", WecomFailure.Transient, null, true);
        yield return (200, "text/html", "<html><body>Sign in</body></html>", WecomFailure.Transient, null, true);
        yield return (200, json, "", WecomFailure.Transient, null, true);
        yield return (502, "text/html", "<html><body>Bad gateway</body></html>", WecomFailure.Transient, null, true);
        yield return (404, json, "", WecomFailure.Rejected, null, false);
        yield return (429, json, "", WecomFailure.Throttled, null, false);
        yield return (500, json, """{"errcode":-1,"errmsg":"system busy"}""", WecomFailure.Transient, -1, false);
        yield return (200, json, """{"errcode":"45009","errmsg":[]}""", WecomFailure.Throttled, 45009, false);
        yield return (200, "text/plain", """{"errcode":48002,"errmsg":"x","tag_group":[],"external_contact":"","access_token":""}""", WecomFailure.Denied, 48002, false);
    }

    private static bool IsRequest(Type type)
    {
        if (type.IsAbstract) return false;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(WecomRequest<>)) return true;
        }

        return false;
    }
}
