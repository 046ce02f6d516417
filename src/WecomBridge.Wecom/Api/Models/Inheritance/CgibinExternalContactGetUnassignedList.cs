using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_unassigned_list</c>: customers of members who resigned and whom nobody has taken over. Pages go by cursor, or by number up to 50000 entries.</summary>
public sealed class CgibinExternalContactGetUnassignedListRequest : WecomPagedRequest<CgibinExternalContactGetUnassignedListResponse>
{
    /// <summary>A position that is the number of a page; a cursor of the platform never has a space.</summary>
    private const string PagePrefix = "page ";

    /// <summary>Number of the page from 0, with page number times <see cref="PageSize"/> below 50000; null to go by cursor.</summary>
    public long? PageId
    {
        get => Position?.StartsWith(PagePrefix, StringComparison.Ordinal) == true ? long.Parse(Position.AsSpan(PagePrefix.Length), CultureInfo.InvariantCulture) : null;
        init => Position = value is { } page ? PagePrefix + page.ToString(CultureInfo.InvariantCulture) : Position;
    }

    /// <summary>Where the page begins; null for the first, or to go by number.</summary>
    public string? Cursor
    {
        get => PageId is null ? Position : null;
        init => Position = value ?? Position;
    }

    /// <summary>Entries of a page, at most 1000.</summary>
    public int? PageSize { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetUnassignedList);

    /// <inheritdoc />
    /// <remarks>A listing begun by number goes on by number.</remarks>
    public override string? PositionAfter(CgibinExternalContactGetUnassignedListResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (PageId is { } page) return answer.IsLast == false ? PagePrefix + (page + 1).ToString(CultureInfo.InvariantCulture) : null;
        return string.IsNullOrEmpty(answer.NextCursor) ? null : answer.NextCursor;
    }
}

/// <summary>Answer of <c>externalcontact/get_unassigned_list</c>.</summary>
public sealed class CgibinExternalContactGetUnassignedListResponse : WecomResponse
{
    /// <summary>Entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<UnassignedCustomer> Info { get; set; } = [];

    /// <summary>True on the last page; null when the platform did not say.</summary>
    public bool? IsLast { get; set; }

    /// <summary>Where the next page begins; empty or null on the last, or when pages go by number.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A customer whose member resigned.</summary>
public sealed class UnassignedCustomer
{
    /// <summary>The member who resigned; compare ignoring case.</summary>
    public string? HandoverUserid { get; set; }

    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>Unix seconds of the resignation.</summary>
    public long? DimissionTime { get; set; }
}
