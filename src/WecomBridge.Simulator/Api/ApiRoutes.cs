using System.Collections.Frozen;

namespace WecomBridge.Simulator.Api;

/// <summary>Every path under <c>/cgi-bin/</c> but <c>gettoken</c>.</summary>
internal static class ApiRoutes
{
    public static readonly FrozenDictionary<string, ApiRoute> All = new[]
    {
        CustomerApi.Routes, ServedContactApi.Routes, CorpTagApi.Routes, StrategyApi.Routes, WelcomeApi.Routes, WelcomeTemplateApi.Routes,
        GroupChatApi.Routes, JoinWayApi.Routes, GroupStatisticApi.Routes, ContactWayApi.Routes, AcquisitionLinkApi.Routes, AcquisitionReportApi.Routes,
        MassMessageApi.Routes, MassMessageResultApi.Routes, MomentApi.Routes, MomentResultApi.Routes, TransferApi.Routes, GroupTransferApi.Routes, BehaviourApi.Routes,
        MediaApi.Routes, MediaByUrlApi.Routes, DirectoryApi.Routes, DepartmentApi.Routes, MessageApi.Routes, ConversionApi.Routes,
        CustomerServiceApi.Routes, TicketApi.Routes, NetworkApi.Routes,
    }.SelectMany(routes => routes).ToFrozenDictionary(route => route.Path, StringComparer.Ordinal);
}
