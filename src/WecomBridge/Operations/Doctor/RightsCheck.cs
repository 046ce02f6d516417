using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Tags;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Operations;

/// <summary>Each app may call the APIs that the settings need: one reading call of each kind. What is read is not shown.</summary>
internal sealed class RightsCheck(IOptions<WecomOptions> wecom, IOptions<TagsOptions> tags, IOptions<WelcomeOptions> welcome, IWecomClientFactory clients) : IDoctorCheck
{
    public string Name => "rights";

    public bool IsOfSettings => false;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        foreach (var (corp, app) in Calling.Apps(wecom.Value)) found.AddRange(await LookAsync(corp, app, cancellationToken));
        return found;
    }

    private bool ReadsMembers => welcome.Value.NotifyStaff || welcome.Value.Rules.Exists(rule => rule.When.Department.Count > 0 || rule.Text.Contains("staff.name", StringComparison.Ordinal));

    private async Task<List<Finding>> LookAsync(string corp, string app, CancellationToken cancellationToken)
    {
        var visit = new Visit(corp, app, clients.For(corp, app, CallLane.Interactive));
        try
        {
            var members = await visit.TryAsync(new CgibinExternalContactGetFollowUserListRequest(), cancellationToken);
            if (tags.Value.Groups.Count > 0) await visit.TryAsync(new CgibinExternalContactGetCorpTagListRequest(), cancellationToken);
            await visit.TryAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1 }, cancellationToken);
            if (members is not { FollowUser: [var member, ..] })
            {
                if (members is not null) visit.Found.Add(Finding.Warning($"{corp}/{app}", "No member with the customer-contact function is visible to the app: no customer event will come.", "Give members 客户联系 (客户与上下游 → 客户联系 → 权限配置), and put them into the app's 可见范围."));
                return visit.Result();
            }

            if (ReadsMembers) await visit.TryAsync(new CgibinUserGetRequest { Userid = member }, cancellationToken);
            var customers = await visit.TryAsync(new CgibinExternalContactListRequest { Userid = member }, cancellationToken, WecomErrorCodes.NoRelation);
            if (customers is { ExternalUserid: [var customer, ..] }) await visit.TryAsync(new CgibinExternalContactGetRequest { ExternalUserid = customer }, cancellationToken);
            return visit.Result();
        }
        catch (WecomException refused) when (Calling.IsOfApp(refused))
        {
            return [Finding.Skipped($"{corp}/{app}", "Not tried: the app itself is refused or WeCom gives no answer, see the finding on its token.")];
        }
    }

    /// <summary>One app's calls and what came of them.</summary>
    private sealed class Visit(string corp, string app, IWecomClient client)
    {
        private readonly List<string> _allowed = [];

        public List<Finding> Found { get; } = [];

        /// <summary>The answer; null when the call was refused, or with a code that says no more than that there is nothing.</summary>
        public async Task<TResponse?> TryAsync<TResponse>(WecomRequest<TResponse> request, CancellationToken cancellationToken, int? nothing = null)
            where TResponse : WecomResponse, new()
        {
            try
            {
                var answer = await client.ExecuteAsync(request, cancellationToken);
                _allowed.Add(request.Api.Path);
                return answer;
            }
            catch (WecomException refused) when (nothing is not null && refused.ErrorCode == nothing)
            {
                _allowed.Add(request.Api.Path);
                return null;
            }
            catch (WecomException refused) when (!Calling.IsOfApp(refused))
            {
                Found.Add(Calling.Refused(corp, app, refused));
                return null;
            }
        }

        public List<Finding> Result() => _allowed.Count == 0 ? Found : [.. Found, Finding.Well($"{corp}/{app}", $"May call {string.Join(", ", _allowed)}.")];
    }
}
