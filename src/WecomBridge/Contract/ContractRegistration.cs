using WecomBridge.Operations;

namespace WecomBridge.Contract;

internal static class ContractRegistration
{
    /// <summary>The contract as pages of the operators' address.</summary>
    public static IServiceCollection AddContract(this IServiceCollection services) => services.AddSingleton<ContractFiles>().AddSingleton<IOperationsPages, ContractPages>();
}
