using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>The media ids of greetings, from memory: no call and no read of State.</summary>
internal interface IGreetingMedia
{
    /// <summary>WeCom's id of a file in a corp; null while it is not uploaded, has lapsed or was refused.</summary>
    string? Resolve(string corp, MediaFile file);

    /// <summary>WeCom would not send this greeting for its media: those of it that we uploaded are not used again, and are uploaded anew.</summary>
    void Refused(string corp, CgibinExternalContactSendWelcomeMessageRequest greeting);
}
