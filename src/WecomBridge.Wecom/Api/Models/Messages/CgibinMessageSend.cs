using System.Text.Json.Nodes;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>message/send</c>: a message of an app to staff. Exactly the part named by <see cref="Msgtype"/> is given.</summary>
/// <remarks>One member gets at most 30 messages a minute and 1000 an hour from one app: the platform drops what is more and says nothing.</remarks>
public sealed class CgibinMessageSendRequest : WecomRequest<CgibinMessageSendResponse>
{
    /// <summary>Longest text or markdown, UTF-8 bytes.</summary>
    public const int MaxTextBytes = 2048;

    /// <summary>Most members of <see cref="Touser"/>.</summary>
    public const int MaxUsers = 1000;

    /// <summary>Member ids joined by <c>|</c>, at most 1000, or <c>@all</c>.</summary>
    public string? Touser { get; init; }

    /// <summary>Department ids joined by <c>|</c>, at most 100.</summary>
    public string? Toparty { get; init; }

    /// <summary>Ids of staff tags joined by <c>|</c>, at most 100.</summary>
    public string? Totag { get; init; }

    /// <summary><c>text</c>, <c>image</c>, <c>voice</c>, <c>video</c>, <c>file</c>, <c>textcard</c>, <c>news</c>, <c>markdown</c>, <c>miniprogram_notice</c> or <c>template_card</c>.</summary>
    public required string Msgtype { get; init; }

    /// <summary>The app the token is of; another one is refused with 301002.</summary>
    public required long Agentid { get; init; }

    /// <summary>Present for <c>text</c>.</summary>
    public StaffText? Text { get; init; }

    /// <summary>Present for <c>markdown</c>; shown in the WeCom client only.</summary>
    public StaffText? Markdown { get; init; }

    /// <summary>Present for <c>textcard</c>.</summary>
    public StaffTextCard? Textcard { get; init; }

    /// <summary>Present for <c>image</c>.</summary>
    public StaffMedia? Image { get; init; }

    /// <summary>Present for <c>voice</c>.</summary>
    public StaffMedia? Voice { get; init; }

    /// <summary>Present for <c>video</c>.</summary>
    public StaffVideo? Video { get; init; }

    /// <summary>Present for <c>file</c>.</summary>
    public StaffMedia? File { get; init; }

    /// <summary>Present for <c>news</c>.</summary>
    public StaffNews? News { get; init; }

    /// <summary>Present for <c>template_card</c>: the card as the platform's page draws it.</summary>
    public JsonObject? TemplateCard { get; init; }

    /// <summary>1: confidential, 2: confidential and for the corp's own members only; null: neither.</summary>
    public int? Safe { get; init; }

    /// <summary>1: ids in the text become names.</summary>
    public int? EnableIdTrans { get; init; }

    /// <summary>1: the same content for the same target is dropped within <see cref="DuplicateCheckInterval"/>, which makes a repeat safe.</summary>
    public int? EnableDuplicateCheck { get; init; }

    /// <summary>Seconds, at most 14400; the platform takes 1800 without it.</summary>
    public int? DuplicateCheckInterval { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MessageSend);
}

/// <summary>Answer of <c>message/send</c>. Success with some <c>Invalid…</c> given means that the others got it; ids come back in lower case.</summary>
public sealed class CgibinMessageSendResponse : WecomResponse
{
    /// <summary>Members not reached, joined by <c>|</c>, lower case.</summary>
    public string? Invaliduser { get; set; }

    /// <summary>Departments not reached, joined by <c>|</c>.</summary>
    public string? Invalidparty { get; set; }

    /// <summary>Staff tags not reached, joined by <c>|</c>.</summary>
    public string? Invalidtag { get; set; }

    /// <summary>Members without an interface licence, joined by <c>|</c>, lower case.</summary>
    public string? Unlicenseduser { get; set; }

    /// <summary>Id of the message; <c>message/recall</c> takes it for 24 hours.</summary>
    public string? Msgid { get; set; }

    /// <summary>Of template cards: updates the card once within 72 hours.</summary>
    public string? ResponseCode { get; set; }
}

/// <summary>A text or markdown for staff.</summary>
/// <param name="Content">At most 2048 UTF-8 bytes.</param>
public sealed record StaffText(string Content);

/// <summary>A card for staff.</summary>
/// <param name="Title">At most 128 UTF-8 bytes.</param>
/// <param name="Description">At most 512 UTF-8 bytes.</param>
/// <param name="Url">At most 2048 UTF-8 bytes.</param>
/// <param name="Btntxt">At most 4 characters; null for the platform's own word.</param>
public sealed record StaffTextCard(string Title, string Description, string Url, string? Btntxt);

/// <summary>Media for staff.</summary>
/// <param name="MediaId">From <c>media/upload</c>.</param>
public sealed record StaffMedia(string MediaId);

/// <summary>A video for staff.</summary>
/// <param name="MediaId">From <c>media/upload</c>.</param>
/// <param name="Title">At most 128 UTF-8 bytes.</param>
/// <param name="Description">At most 512 UTF-8 bytes.</param>
public sealed record StaffVideo(string MediaId, string? Title, string? Description);

/// <summary>Articles for staff.</summary>
/// <param name="Articles">1 to 8.</param>
public sealed record StaffNews(IReadOnlyList<StaffArticle> Articles);

/// <summary>An article for staff.</summary>
/// <param name="Title">At most 128 UTF-8 bytes.</param>
/// <param name="Description">At most 512 UTF-8 bytes.</param>
/// <param name="Url">At most 2048 UTF-8 bytes.</param>
/// <param name="Picurl">Address of its picture.</param>
public sealed record StaffArticle(string Title, string? Description, string? Url, string? Picurl);
