using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;
using WecomBridge.Work;

namespace WecomBridge.Tests.Welcome;

public sealed class GreetingMediaTests : IDisposable
{
    private static readonly Action<IBusRegistrationConfigurator> Feature = bus =>
    {
        bus.AddWelcome();
        bus.AddWelcomeWork();
    };

    private readonly MediaFolder _folder = new();
    private readonly string _picture;

    public GreetingMediaTests() => _picture = _folder.Write("shop.png", MediaFolder.Png());

    [Fact]
    public async Task A_file_is_uploaded_ahead_of_time_and_goes_with_the_greeting()
    {
        await using var host = await StartAsync();

        await KeepAsync(host);
        await host.GreetAsync();

        var upload = host.Wecom.CallsOf<CgibinMediaUploadRequest>().ShouldHaveSingleItem();
        upload.Type.ShouldBe("image");
        upload.FileName.ShouldBe("image.png");
        upload.Content.ToArray().ShouldBe(MediaFolder.Png());
        Sent(host).ShouldHaveSingleItem().Attachments!.ShouldHaveSingleItem().Image!.MediaId.ShouldBe("media-1");
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Every_kind_of_file_goes_as_what_it_is()
    {
        await using var host = await FeatureHost.StartAsync(
            Feature, ("Welcome:Rules:0:Name", "all"), ("Welcome:Rules:0:Text", "Hi"),
            ("Welcome:Rules:0:Attachments:0:Video:Path", _folder.Write("a.mp4", MediaFolder.Mp4())), ("Welcome:Rules:0:Attachments:1:File:Path", _folder.Write("prices.pdf", [1, 2, 3, 4, 5, 6])),
            ("Welcome:Rules:0:Attachments:2:MiniProgram:PicPath", _picture), ("Welcome:Rules:0:Attachments:2:MiniProgram:Title", "t"), ("Welcome:Rules:0:Attachments:2:MiniProgram:AppId", "wx1"),
            ("Welcome:Rules:0:Attachments:2:MiniProgram:Page", "/p"), ("Welcome:Rules:0:Attachments:3:Image:MediaId", "given"));

        await KeepAsync(host);
        await host.GreetAsync();

        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Select(u => $"{u.Type} {u.FileName}").ShouldBe(["video video.mp4", "file prices.pdf", "image image.png"], ignoreOrder: true);
        var going = Sent(host).ShouldHaveSingleItem().Attachments!;
        going.Select(a => a.Msgtype).ShouldBe(["video", "file", "miniprogram", "image"]);
        new[] { going[0].Video!.MediaId, going[1].File!.MediaId, going[2].Miniprogram!.PicMediaId }.ShouldBeUnique();
        going[3].Image!.MediaId.ShouldBe("given");
    }

    [Fact]
    public async Task Media_are_refreshed_after_two_days_and_are_never_without_an_id()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);

        for (var hour = 0; hour < 8 * 24; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            await KeepAsync(host);
            Resolve(host).ShouldNotBeNull();
        }

        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Count.ShouldBeInRange(4, 5);
    }

    [Fact]
    public async Task Media_that_could_not_be_refreshed_serve_until_WeCom_forgets_them()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);
        host.Wecom.Fails(WecomPaths.MediaUpload, [.. Enumerable.Repeat(FakeWecom.Unanswered(WecomPaths.MediaUpload), 5)]);

        host.Time.Advance(TimeSpan.FromHours(71));
        await KeepAsync(host);
        await host.Get<MediaKeeper>().LookAsync(default);
        Resolve(host).ShouldBe("media-1");
        (await HealthAsync(host)).ShouldSatisfyAllConditions(h => h.Status.ShouldBe(HealthStatus.Degraded), h => h.Description!.ShouldContain("cannot be refreshed for corp acme"));

        host.Time.Advance(TimeSpan.FromHours(1));
        Resolve(host).ShouldBeNull();
    }

    [Fact]
    public async Task New_content_is_uploaded_and_the_old_goes_out_until_then()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);
        var keeper = host.Get<MediaKeeper>();

        _folder.Write("shop.png", MediaFolder.Png("b"));
        await keeper.LookAsync(default);
        (await CountAsync(host)).ShouldBe(0, "it may still be being written");
        await keeper.LookAsync(default);
        Resolve(host).ShouldBe("media-1");
        await host.WorkAsync(WorkLane.Media);

        Resolve(host).ShouldBe("media-2");
        host.Wecom.CallsOf<CgibinMediaUploadRequest>()[1].Content.ToArray().ShouldBe(MediaFolder.Png("b"));
    }

    [Fact]
    public async Task A_file_that_turns_bad_is_named_in_health_and_its_media_stay_in_use()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);

        File.Delete(_picture);
        await KeepAsync(host);
        await KeepAsync(host);

        Resolve(host).ShouldBe("media-1");
        (await HealthAsync(host)).ShouldSatisfyAllConditions(
            h => h.Status.ShouldBe(HealthStatus.Degraded), h => h.Description!.ShouldContain("Welcome:Rules:0:Attachments:0:Image:Path"), h => h.Description!.ShouldContain("does not exist"));
    }

    [Fact]
    public async Task Two_instances_upload_a_file_once_and_both_know_its_id()
    {
        await using var one = await StartAsync();
        await using var two = one.StartBeside(Feature, Settings());

        await Task.WhenAll(one.Get<MediaKeeper>().LookAsync(default), two.Get<MediaKeeper>().LookAsync(default));
        await Task.WhenAll(one.WorkAsync(WorkLane.Media), two.WorkAsync(WorkLane.Media));
        await Task.WhenAll(one.Get<MediaKeeper>().LookAsync(default), two.Get<MediaKeeper>().LookAsync(default));
        await Task.WhenAll(one.WorkAsync(WorkLane.Media), two.WorkAsync(WorkLane.Media));

        (one.Wecom.CallsOf<CgibinMediaUploadRequest>().Count + two.Wecom.CallsOf<CgibinMediaUploadRequest>().Count).ShouldBe(1);
        (Resolve(one), Resolve(two)).ShouldBe(("media-1", "media-1"));
    }

    [Fact]
    public async Task Each_corp_that_a_rule_may_match_has_an_upload_of_its_own()
    {
        await using var host = await FeatureHost.StartAsync(
            Feature,
            [.. Settings(), ("Welcome:Rules:0:When:Corps:0", "a*"), .. Corp("aurora"), .. Corp("beta"), .. Corp("alone"), ("Wecom:Corps:alone:Apps:contact:Secret", null)]);

        await KeepAsync(host);

        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Count.ShouldBe(2);
        new[] { Resolve(host), Resolve(host, "aurora") }.ShouldBe(["media-1", "media-2"], ignoreOrder: true);
        Resolve(host, "beta").ShouldBeNull();
    }

    [Fact]
    public async Task Refused_media_are_not_used_again_and_are_uploaded_anew()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);
        host.Time.Advance(TimeSpan.FromHours(2));
        await host.GreetAsync();

        host.Get<IGreetingMedia>().Refused("acme", Sent(host)[0]);
        Resolve(host).ShouldBeNull();
        await KeepAsync(host);

        Resolve(host).ShouldBe("media-2");
        host.Get<IGreetingMedia>().Refused("acme", Sent(host)[0]);
        Resolve(host).ShouldBe("media-2", "the refusal was of the earlier upload");
    }

    [Fact]
    public async Task An_upload_that_is_refused_while_it_is_fresh_is_not_repeated_within_the_hour()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);
        await host.GreetAsync();

        host.Get<IGreetingMedia>().Refused("acme", Sent(host)[0]);
        await KeepAsync(host);
        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Count.ShouldBe(1);
        host.Time.Advance(TimeSpan.FromHours(1));
        await KeepAsync(host);

        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_id_of_the_settings_that_WeCom_refuses_does_not_cost_good_uploads_and_is_named()
    {
        await using var host = await FeatureHost.StartAsync(Feature, [.. Settings(), ("Welcome:Rules:0:Attachments:1:File:MediaId", "given")]);
        await KeepAsync(host);
        host.Refuses(40007);

        await host.GreetAsync();
        await host.Get<MediaKeeper>().LookAsync(default);
        await host.GreetAsync("wm2");

        Resolve(host).ShouldBe("media-1");
        Sent(host)[^1].Attachments!.ShouldHaveSingleItem().Image!.MediaId.ShouldBe("media-1");
        (await HealthAsync(host)).Description!.ShouldContain("Welcome:Rules:0:Attachments:1:File:MediaId");
        host.Time.Advance(TimeSpan.FromDays(1));
        host.Get<IGreetingMedia>().IsRefused("acme", "given").ShouldBeFalse();
    }

    [Fact]
    public async Task An_app_that_may_not_upload_leaves_it_to_the_next()
    {
        await using var host = await FeatureHost.StartAsync(
            Feature,
            [.. Settings(), ("Wecom:Corps:acme:Apps:other:Secret", "s"), ("Wecom:Corps:acme:Apps:other:Keys:0:Token", "t"), ("Wecom:Corps:acme:Apps:other:Keys:0:EncodingAesKey", new string('a', 43))]);
        host.Wecom.Fails(WecomPaths.MediaUpload, FakeWecom.Refusal(48002, WecomPaths.MediaUpload));

        await KeepAsync(host);

        host.Wecom.CallsOf<CgibinMediaUploadRequest>().Count.ShouldBe(2);
        Resolve(host).ShouldNotBeNull();
    }

    [Fact]
    public async Task Before_the_first_look_health_does_not_say_that_all_is_well()
    {
        await using var host = await StartAsync();

        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Degraded);
    }

    [Fact]
    public async Task A_parked_upload_that_no_setting_needs_any_more_is_dropped()
    {
        await using var host = await StartAsync();
        var gone = new WorkKey(WorkLane.Media, "acme", "image/gone");
        await host.State.WriteAsync(s => WorkStore.MarkMissingAsync(s, gone, "contact", FeatureHost.Now, FeatureHost.Now));
        var item = (await host.State.WriteAsync(s => WorkStore.ClaimAsync(s, WorkLane.Media, "test", 1, FeatureHost.Now, TimeSpan.FromMinutes(1)))).ShouldHaveSingleItem();
        await host.State.WriteAsync(s => WorkStore.ParkAsync(s, item, "Rejected", "Mend it.", FeatureHost.Now));
        await host.Get<MediaKeeper>().LookAsync(default);
        (await host.State.ReadAsync(s => WorkStore.ListTroublesAsync(s, WorkLane.Media))).ShouldContain(trouble => trouble.Key == gone);

        host.Time.Advance(TimeSpan.FromHours(2));
        await host.Get<MediaKeeper>().LookAsync(default);

        (await host.State.ReadAsync(s => WorkStore.ListTroublesAsync(s, WorkLane.Media))).ShouldNotContain(trouble => trouble.Key == gone);
    }

    [Fact]
    public async Task Without_its_media_a_greeting_is_its_text()
    {
        await using var host = await StartAsync();

        await host.GreetAsync();

        var sent = Sent(host).ShouldHaveSingleItem();
        sent.Text!.Content.ShouldBe("Hi");
        sent.Attachments.ShouldBeNull();
    }

    [Fact]
    public async Task A_greeting_of_nothing_but_missing_media_is_missed_unless_there_is_a_text_for_that_case()
    {
        await using var bare = await FeatureHost.StartAsync(Feature, Settings(text: ""));
        await using var careful = await FeatureHost.StartAsync(Feature, [.. Settings(text: ""), ("Welcome:Rules:0:FallbackText", "Hi from {{staff.userId}}")]);

        await bare.GreetAsync();
        await careful.GreetAsync();
        await KeepAsync(careful);
        await careful.GreetAsync("wm2");

        Sent(bare).ShouldBeEmpty();
        bare.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason.ShouldBe(WelcomeMissReasons.Unavailable);
        Sent(careful)[0].Text!.Content.ShouldBe("Hi from zhang");
        Sent(careful)[1].ShouldSatisfyAllConditions(s => s.Text.ShouldBeNull(), s => s.Attachments!.Count.ShouldBe(1));
    }

    [Fact]
    public async Task An_upload_that_WeCom_refuses_is_parked_and_named_with_its_remedy()
    {
        await using var host = await StartAsync();
        var keeper = host.Get<MediaKeeper>();
        await keeper.LookAsync(default);
        (await HealthAsync(host)).Description!.ShouldContain("its upload is due");
        var item = (await host.State.WriteAsync(s => WorkStore.ClaimAsync(s, WorkLane.Media, "test", 1, FeatureHost.Now, TimeSpan.FromMinutes(1)))).ShouldHaveSingleItem();
        await host.State.WriteAsync(s => WorkStore.ParkAsync(s, item, "Rejected 40123 from media/upload", "Mend the picture.", FeatureHost.Now));

        await keeper.LookAsync(default);

        (await CountAsync(host)).ShouldBe(0, "parked work waits for a person");
        (await HealthAsync(host)).ShouldSatisfyAllConditions(
            h => h.Status.ShouldBe(HealthStatus.Degraded), h => h.Description!.ShouldContain("Rejected 40123 from media/upload. Mend the picture."), h => h.Description!.ShouldContain("for corp acme"));
    }

    [Fact]
    public async Task What_is_known_of_media_outlives_a_restart()
    {
        await using var host = await StartAsync();
        await KeepAsync(host);
        await using var restarted = host.StartBeside(Feature, Settings());

        await restarted.Get<MediaKeeper>().StartingAsync(default);

        Resolve(restarted).ShouldBe("media-1");
    }

    public void Dispose() => _folder.Dispose();

    private static (string, string?)[] Corp(string name) =>
        [($"Wecom:Corps:{name}:CorpId", "ww" + name), ($"Wecom:Corps:{name}:Apps:contact:Secret", "s"), ($"Wecom:Corps:{name}:Apps:contact:Keys:0:Token", "t"), ($"Wecom:Corps:{name}:Apps:contact:Keys:0:EncodingAesKey", new string('a', 43))];

    /// <summary>A look of the keeper, the work that came of it, and what the service does after that: another look.</summary>
    private static async Task KeepAsync(FeatureHost host)
    {
        await host.Get<MediaKeeper>().LookAsync(default);
        await host.WorkAsync(WorkLane.Media);
        await host.Get<MediaKeeper>().LookAsync(default);
    }

    private static IReadOnlyList<CgibinExternalContactSendWelcomeMessageRequest> Sent(FeatureHost host) => host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>();

    private static Task<HealthCheckResult> HealthAsync(FeatureHost host) => host.Get<MediaHealth>().CheckHealthAsync(new HealthCheckContext());

    private static async Task<long> CountAsync(FeatureHost host) => (await host.State.ReadAsync(s => WorkStore.CountAsync(s, WorkLane.Media, host.Time.GetUtcNow()))).Due;

    private string? Resolve(FeatureHost host, string corp = "acme") => host.Get<IGreetingMedia>().Resolve(corp, new MediaFile(WecomMediaTypes.Image, _picture));

    private (string, string?)[] Settings(string text = "Hi") =>
        [("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:Text", text), ("Welcome:Rules:0:Attachments:0:Image:Path", _picture)];

    private Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(Feature, Settings());
}
