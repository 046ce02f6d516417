using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Crm;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Tests.Wecom.Api;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Crm;

public sealed class CrmReconcilerTests
{
    [Fact]
    public async Task The_newest_state_is_written_once_and_seen_to_be_kept()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        await host.KnowAsync(["Channel/Store"]);
        await host.KnowAsync(["Stage/VIP", "Channel/Store"]);

        await host.SettleAsync();

        host.Simulator.Crm.Find("c1").ShouldNotBeNull().ShouldSatisfyAllConditions(
            written => written.Tags.ShouldBe(["Store", "VIP"]), written => written.Owner.ShouldBe("zhang"), written => written.Status.ShouldBe("added"), written => written.Level.ShouldBe("gold"));
        host.Writes.ShouldHaveSingleItem().IdempotencyKey.ShouldNotBeNull();
        (await host.CountAsync()).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task What_equals_the_last_confirmed_write_is_not_written()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        var calls = host.Simulator.Ledger.CrmCalls.Count;

        await host.MarkAsync();
        await host.SettleAsync();

        host.Simulator.Ledger.CrmCalls.Count.ShouldBe(calls);
    }

    [Theory]
    [InlineData(FaultKind.EffectThenServerError, 1)]
    [InlineData(FaultKind.AnswerLost, 1)]
    [InlineData(FaultKind.ServerError, 1)]
    public async Task A_repetition_has_the_same_key_and_newer_content_another(FaultKind kind, int committed)
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = kind, Pattern = "customers/*", Times = 1 });
        await host.KnowAsync(["Channel/Store"]);

        (await host.WorkAsync()).ShouldBeOfType<CrmException>().Failure.ShouldBe(WecomFailure.Transient);
        await host.SettleAsync();
        await host.KnowAsync(["Channel/Expo"]);
        await host.SettleAsync();

        var keys = host.Writes.Select(write => write.IdempotencyKey).ToList();
        keys.Count.ShouldBe(3);
        keys[1].ShouldBe(keys[0]);
        keys[2].ShouldNotBe(keys[0]);
        host.Writes.Count(write => write.Committed).ShouldBe(committed + 1);
        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Expo"]);
    }

    [Fact]
    public async Task A_yes_without_effect_is_found_out_and_written_again_under_another_key()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.WithoutEffect, Pattern = "customers/*", Times = 1 });
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Store"]);
        host.Writes.Select(write => write.Committed).ShouldBe([false, true]);
        host.Writes.Select(write => write.IdempotencyKey).Distinct().Count().ShouldBe(2);
        (await host.CountAsync()).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task A_crm_that_never_keeps_what_it_says_yes_to_is_left_to_a_person_who_may_retry()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.WithoutEffect, Pattern = "customers/*" });
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        host.Writes.Count.ShouldBe(4);
        (await host.CountAsync()).Parked.ShouldBe(1);
        (await host.HealthAsync()).ShouldSatisfyAllConditions(health => health.Status.ShouldBe(HealthStatus.Degraded), health => health.Text.ShouldStartWith("What the CRM should know of 1 customer(s)"));

        host.Simulator.Faults.Clear();
        await host.State.WriteAsync(session => WorkStore.RetryParkedAsync(session, WorkLane.Crm, null, null, host.Time.GetUtcNow()));
        await host.SettleAsync();
        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Store"]);
        (await host.HealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_crash_between_the_intent_and_the_answer_does_not_change_the_key()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.EffectThenServerError, Pattern = "customers/*", Times = 1 });
        await host.KnowAsync(["Channel/Store"]);
        await host.WorkAsync();

        await host.State.ReopenAsync();
        await host.SettleAsync();

        host.Writes.Select(write => write.IdempotencyKey).Distinct().ShouldHaveSingleItem();
        host.Writes.Count(write => write.Committed).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_and_several_are_left_out()
    {
        await using var host = await CrmHost.StartAsync();
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        host.Put();
        host.Put(new CrmCustomer("c2", "Twin") { UnionId = "u1" });
        await host.KnowAsync(["Channel/Expo"]);
        await host.SettleAsync();

        host.Writes.ShouldBeEmpty();
        (await host.CountAsync()).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task Who_is_only_likely_is_left_out_where_settings_want_certainty()
    {
        await using var host = await CrmHost.StartAsync(("Crm:Http:Write:WriteTo", "Certain"));
        host.Put(new CrmCustomer("c1", "Lin") { Mobile = "13800000000" });
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        host.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_customer_is_made_once_where_settings_say_how()
    {
        await using var host = await CrmHost.StartAsync(
            ("Crm:Http:FindByExternalUserId", "customers?externaluserid={externalUserId}"),
            ("Crm:Http:Write:Create:Request", "POST customers"), ("Crm:Http:Write:Create:Set:/externaluserid", "{{customer.externalUserId}}"), ("Crm:Http:Write:Create:Set:/tags", "{{tags.list}}"));
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.EffectThenServerError, Pattern = "customers", Skip = 3, Times = 1 });
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        await host.KnowAsync(["Channel/Expo"]);
        await host.SettleAsync();

        var made = host.Simulator.Crm.Customers.ShouldHaveSingleItem();
        (made.ExternalUserId, made.Status).ShouldBe((CrmHost.Customer, "added"));
        made.Tags.ShouldBe(["Expo"]);
        host.Writes.Select(write => write.Method).ShouldBe(["POST", "PATCH", "PATCH"], "the second attempt finds what the first made");
    }

    [Fact]
    public async Task The_end_of_the_last_relation_is_told_too()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put();
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        host.Wecom.Fails(WecomPaths.ExternalContactGet, Enumerable.Repeat(FakeWecom.Refusal(WecomErrorCodes.NoRelation, WecomPaths.ExternalContactGet), 20).ToArray<Exception?>());
        await host.KnowAsync([], kind: RelationChangeKind.Removed);

        await host.SettleAsync();

        host.Simulator.Crm.Find("c1").ShouldNotBeNull().ShouldSatisfyAllConditions(ended => ended.Status.ShouldBe("removed"), ended => ended.Owner.ShouldBe(""), ended => ended.Tags.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_write_that_the_crm_refuses_is_parked_at_once()
    {
        await using var host = await CrmHost.StartAsync(("Crm:Http:Write:Request", "PUT customers/{id}"));
        host.Put();
        await host.KnowAsync(["Channel/Store"]);

        (await host.WorkAsync()).ShouldBeOfType<CrmException>().Message.ShouldBe("The CRM answered with HTTP 405.");

        (await host.CountAsync()).Parked.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_that_has_gone_is_looked_for_again()
    {
        await using var host = await CrmHost.StartAsync();
        host.Simulator.Crm.Put(new CrmCustomer("old", "Lin") { UnionId = "u1" });
        await host.Client.FindAsync(new CrmQuery { ExternalUserId = CrmHost.Customer, UnionId = "u1" }, default);
        host.Simulator.Crm.Remove("old");
        host.Put();
        await host.KnowAsync(["Channel/Store"]);

        (await host.WorkAsync()).ShouldBeOfType<CrmException>().Failure.ShouldBe(WecomFailure.Conflict);
        await host.SettleAsync();

        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Store"]);
    }

    [Fact]
    public async Task Nothing_is_marked_while_settings_write_nothing()
    {
        await using var host = await CrmHost.StartAsync(("Crm:Http:Write:Request", null));
        host.Put();
        await host.KnowAsync(["Channel/Store"]);

        (await host.CountAsync()).Due.ShouldBe(0);
    }

    [Fact]
    public async Task Content_that_goes_back_while_a_write_is_in_doubt_is_written_again()
    {
        await using var host = await CrmHost.StartAsync(("Crm:Http:Write:Check:tags", null));
        host.Put();
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.EffectThenServerError, Pattern = "customers/*", Times = 1 });
        await host.KnowAsync(["Channel/Expo"]);
        await host.WorkAsync();
        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Expo"], "the write took effect though its answer was lost");

        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();

        host.Simulator.Crm.Find("c1")!.Tags.ShouldBe(["Store"]);
    }

    [Fact]
    public async Task A_record_that_was_made_gets_what_only_a_write_sets()
    {
        await using var host = await CrmHost.StartAsync(
            ("Crm:Http:Write:Check:tags", null), ("Crm:Http:FindByExternalUserId", "customers?externaluserid={externalUserId}"),
            ("Crm:Http:Write:Create:Request", "POST customers"), ("Crm:Http:Write:Create:Set:/externaluserid", "{{customer.externalUserId}}"));
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        host.Simulator.Crm.Customers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(made => made.Owner.ShouldBe("zhang"), made => made.Tags.ShouldBe(["Store"]));
        host.Writes.Select(write => write.Method).ShouldBe(["POST", "PATCH"]);
    }

    [Fact]
    public async Task Another_record_of_the_same_customer_is_written_too()
    {
        await using var host = await CrmHost.StartAsync();
        var old = host.Put();
        await host.KnowAsync(["Channel/Store"]);
        await host.SettleAsync();
        host.Simulator.Crm.Remove(old.Id);
        host.Put(new CrmCustomer("c2", "Lin Wei") { UnionId = "u1" });

        await host.NameAsync("c2");
        await host.SettleAsync();

        host.Simulator.Crm.Find("c2")!.Tags.ShouldBe(["Store"]);
    }

    [Fact]
    public async Task A_record_that_is_written_for_another_customer_is_not_written_on_an_uncertain_match()
    {
        await using var host = await CrmHost.StartAsync();
        host.Put(new CrmCustomer("c1", "Lin") { Mobile = "13800000000" });
        await host.State.WriteAsync(async session =>
        {
            var write = new CrmWrite("c1", "{}", new Dictionary<string, string>());
            await CrmWriteStore.IntendAsync(session, "acme", "wm2", write, Guid.NewGuid(), host.Time.GetUtcNow());
            await CrmWriteStore.ConfirmAsync(session, "acme", "wm2", write, checkAt: null, host.Time.GetUtcNow());
        });
        await host.KnowAsync(["Channel/Store"]);

        (await host.WorkAsync()).ShouldBeOfType<CrmException>().Failure.ShouldBe(WecomFailure.Rejected);

        host.Writes.ShouldBeEmpty();
        (await host.HealthAsync()).Text.ShouldStartWith("What the CRM should know of 1 customer(s)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_of_a_create_keeps_its_key_and_no_conflict_lasts_for_ever(bool isCreate)
    {
        var keys = new ConcurrentQueue<string>();
        await using var crm = await StandIn.StartAsync();
        crm.Answer = (request, context) =>
        {
            if (request.Method == "GET") return StandIn.Json(context, isCreate ? "[]" : """[{"id":"c1"}]""");
            keys.Enqueue(context.Request.Headers["Idempotency-Key"].ToString());
            context.Response.StatusCode = 409;
            return Task.CompletedTask;
        };
        await using var host = await CrmHost.StartAsync(
            ("Crm:Http:BaseUrl", crm.Address.ToString()), ("Crm:Http:Write:Create:Request", "POST customers"), ("Crm:Http:Write:Create:Set:/status", "{{customer.status}}"));
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        keys.Count.ShouldBe(10);
        keys.Distinct().Count().ShouldBe(isCreate ? 1 : 10);
        (await host.CountAsync()).Parked.ShouldBe(1);
    }
}
