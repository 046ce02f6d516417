using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public sealed class StaffDirectoryTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeWecom _wecom = new() { Member = new CgibinUserGetResponse { Name = "Zhang San", Department = [12, 3] } };
    private readonly StaffDirectory _staff;

    public StaffDirectoryTests() => _staff = new StaffDirectory(_wecom, _time);

    public void Dispose() => _staff.Dispose();

    [Fact]
    public async Task A_member_is_asked_for_once_an_hour_however_the_id_is_written()
    {
        (await FindAsync()).ShouldNotBeNull().Departments.ShouldBe(["12", "3"]);
        (await FindAsync("ZHANG")).ShouldNotBeNull().Name.ShouldBe("Zhang San");
        _time.Advance(StaffDirectory.KeepFor - TimeSpan.FromSeconds(1));
        await FindAsync();

        _wecom.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_question()
    {
        var answer = new TaskCompletionSource();
        _wecom.During = _ => answer.Task;
        var asked = Enumerable.Range(0, 50).Select(_ => FindAsync()).ToList();
        answer.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(member => member!.Name == "Zhang San");
        _wecom.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_older_serves_while_it_is_asked_for_anew()
    {
        await FindAsync();
        var answer = new TaskCompletionSource();
        _wecom.During = _ => answer.Task;
        _wecom.Member = new CgibinUserGetResponse { Name = "Li Si" };
        _time.Advance(StaffDirectory.KeepFor);

        (await FindAsync()).ShouldNotBeNull().Name.ShouldBe("Zhang San");
        (await FindAsync()).ShouldNotBeNull().Name.ShouldBe("Zhang San");
        answer.SetResult();
        await EventuallyAsync(async () => (await FindAsync())?.Name == "Li Si");
        _wecom.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_is_refused_is_not_asked_for_again_within_a_minute()
    {
        _wecom.Fails(WecomPaths.UserGet, FakeWecom.Refusal(60011, WecomPaths.UserGet));
        (await FindAsync()).ShouldBeNull();
        (await FindAsync()).ShouldBeNull();
        _wecom.Calls.ShouldHaveSingleItem();

        _time.Advance(StaffDirectory.AfterRefusal);
        (await FindAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_platform_that_was_busy_is_asked_again()
    {
        _wecom.Fails(WecomPaths.UserGet, FakeWecom.Refusal(-1, WecomPaths.UserGet));
        (await FindAsync()).ShouldBeNull();
        (await FindAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_waits_no_longer_leaves_the_question_to_the_next()
    {
        var answer = new TaskCompletionSource();
        _wecom.During = _ => answer.Task;
        using var impatient = new CancellationTokenSource();
        var asked = _staff.FindAsync("acme", "contact", "zhang", impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);

        var next = FindAsync();
        answer.SetResult();
        (await next).ShouldNotBeNull();
        _wecom.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_member_least_recently_asked_for_makes_room()
    {
        await FindAsync("first");
        await FindAsync("second");
        for (var n = 2; n < StaffDirectory.Size; n++) await FindAsync($"member{n}");
        await FindAsync("first");
        await FindAsync("one too many");
        var calls = _wecom.Calls.Count;

        await FindAsync("first");
        _wecom.Calls.Count.ShouldBe(calls);
        await FindAsync("second");
        _wecom.Calls.Count.ShouldBe(calls + 1);
    }

    private Task<StaffMember?> FindAsync(string userId = "zhang") => _staff.FindAsync("acme", "contact", userId, CancellationToken.None);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var n = 0; n < 1000 && !await holds(); n++) await Task.Yield();
        (await holds()).ShouldBeTrue();
    }
}
