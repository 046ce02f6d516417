using System.Text.Json.Nodes;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>message/update_template_card</c>: updates a card sent to staff, once and within 72 hours.</summary>
public sealed class CgibinMessageUpdateTemplateCardRequest : WecomRequest<CgibinMessageUpdateTemplateCardResponse>
{
    /// <summary>Members, at most 1000.</summary>
    public IReadOnlyList<string>? Userids { get; init; }

    /// <summary>Departments, at most 100.</summary>
    public IReadOnlyList<long>? Partyids { get; init; }

    /// <summary>Staff tags, at most 100.</summary>
    public IReadOnlyList<long>? Tagids { get; init; }

    /// <summary>1: for everyone who got the card.</summary>
    public int? Atall { get; init; }

    /// <summary>The app that sent the card.</summary>
    public required long Agentid { get; init; }

    /// <summary>The code of the card, from <c>message/send</c> or from the callback.</summary>
    public required string ResponseCode { get; init; }

    /// <summary>New words of the button pressed; either this or a card is given.</summary>
    public TemplateCardButton? Button { get; init; }

    /// <summary>The new card as the platform's page draws it.</summary>
    public JsonObject? TemplateCard { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MessageUpdateTemplateCard);

    /// <inheritdoc />
    public override string? Secret => ResponseCode;
}

/// <summary>Answer of <c>message/update_template_card</c>.</summary>
public sealed class CgibinMessageUpdateTemplateCardResponse : WecomResponse
{
    /// <summary>Members not reached, lower case.</summary>
    public IReadOnlyList<string> Invaliduser { get; set; } = [];
}

/// <summary>A button that was pressed.</summary>
/// <param name="ReplaceName">Its new words.</param>
public sealed record TemplateCardButton(string ReplaceName);
