using WecomBridge.Broker;

namespace WecomBridge.Operations;

/// <summary>RabbitMQ's management plug-in answers and lets the user in, where the settings give its address.</summary>
internal sealed class ManagementCheck(IServiceProvider services) : IDoctorCheck
{
    public string Name => "management";

    public bool IsOfSettings => true;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ManagementClient>() is not { IsConfigured: true } management) return [];
        try
        {
            var bindings = await management.OwnBindingsAsync(cancellationToken);
            return [Finding.Well("", $"The management plug-in answers; {bindings.Count} bindings of subscribers are the service's own.")];
        }
        catch (ManagementUnavailableException unavailable)
        {
            return [Finding.Fault("", unavailable.Message, remedy: null)];
        }
    }
}
