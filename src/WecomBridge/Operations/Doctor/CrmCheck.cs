using Microsoft.Extensions.Options;
using WecomBridge.Crm;

namespace WecomBridge.Operations;

/// <summary>The CRM answers the questions of the settings, asked for a customer who does not exist.</summary>
internal sealed class CrmCheck(IOptions<CrmOptions> options, ICrmClient crm) : IDoctorCheck
{
    private const string Nobody = "wecombridge-doctor";

    public string Name => "crm";

    public bool IsOfSettings => true;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider == CrmProvider.None) return [Finding.Well("", "No CRM is configured.")];
        try
        {
            await crm.FindAsync(new CrmQuery { ExternalUserId = Nobody, UnionId = Nobody, Mobiles = ["10000000000"], Fresh = true }, cancellationToken);
            return [Finding.Well("", "The CRM answers questions; writing to it is not tried.")];
        }
        catch (CrmException failure)
        {
            return [Finding.Fault("", failure.Message, failure.Remedy)];
        }
    }
}
