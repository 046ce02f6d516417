using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>One configured app as the callback road sees it.</summary>
/// <param name="Source">What its events say about where they came in.</param>
/// <param name="Keys">Its live key sets.</param>
internal sealed record CallbackApp(CallbackSource Source, CallbackKeyRing Keys);
