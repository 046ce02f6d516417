using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Operations;

internal static class DoctorRegistration
{
    /// <summary>Client for addresses of our own service; follows no redirect, as WeCom does not.</summary>
    public const string HttpClientName = "doctor";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The checks, in the order in which an event passes what they look at.</summary>
    public static void AddDoctor(this IServiceCollection services, DoctorRequest request)
    {
        services.AddDoctorClient();
        services.AddSingleton(request);
        services.AddSingleton<IAccessTokenStore>(provider => new DoctorTokenStore(provider.GetRequiredService<IStateDatabase>()));
        services.AddSingleton<IDoctorCheck, KeysCheck>();
        services.AddSingleton<IDoctorCheck, AddressCheck>();
        services.AddSingleton<IDoctorCheck, SpoolCheck>();
        services.AddSingleton<IDoctorCheck, BrokerCheck>();
        services.AddSingleton<IDoctorCheck, ManagementCheck>();
        services.AddSingleton<IDoctorCheck, StateCheck>();
        services.AddSingleton<IDoctorCheck, ClockCheck>();
        services.AddSingleton<IDoctorCheck, TokenCheck>();
        services.AddSingleton<IDoctorCheck, RightsCheck>();
        services.AddSingleton<IDoctorCheck, CrmCheck>();
    }

    /// <summary>The client alone.</summary>
    public static void AddDoctorClient(this IServiceCollection services) =>
        services.AddHttpClient(HttpClientName).RemoveAllLoggers()
            .ConfigureHttpClient(client => client.Timeout = AnswerWithin)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
}
