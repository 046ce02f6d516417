using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>The media ids of greetings, from memory: no call and no read of State.</summary>
internal interface IGreetingMedia
{
    /// <summary>WeCom's id of a file in a corp; null while it is not uploaded, has lapsed or was refused.</summary>
    string? Resolve(string corp, MediaFile file);

    /// <summary>Whether a media id that the settings give was refused within the day.</summary>
    bool IsRefused(string corp, string mediaId);

    /// <summary>
    /// WeCom would not send this greeting for its media, without saying which. Those that the settings give by id lapse after three days and nobody renews them: they are left out for a day.
    /// Where there are none, the uploaded ones are not used again and are uploaded anew.
    /// </summary>
    void Refused(string corp, CgibinExternalContactSendWelcomeMessageRequest greeting);
}
