namespace WecomBridge.Wecom.Api;

/// <summary>A call that gives one page of many; <see cref="WecomPaging"/> walks them.</summary>
/// <typeparam name="TResponse">The answer of the same path.</typeparam>
public abstract class WecomPagedRequest<TResponse> : WecomRequest<TResponse>
    where TResponse : WecomResponse, new()
{
    private string? _position;

    /// <summary>Where the page begins, in words of the request's own; null for the first.</summary>
    private protected string? Position
    {
        get => _position;
        init => _position = value;
    }

    /// <summary>Where the page after an answer begins; null when there is none. Neither a short nor an empty page is the last for that.</summary>
    public abstract string? PositionAfter(TResponse answer);

    /// <summary>The same request for another page: positions are bound to everything else in it.</summary>
    internal WecomPagedRequest<TResponse> At(string position)
    {
        var next = (WecomPagedRequest<TResponse>)MemberwiseClone();
        next._position = position;
        return next;
    }
}

/// <summary>A call whose pages are strung together by cursors.</summary>
/// <typeparam name="TResponse">The answer of the same path.</typeparam>
public abstract class WecomCursorRequest<TResponse> : WecomPagedRequest<TResponse>
    where TResponse : WecomResponse, IWecomCursorPage, new()
{
    /// <summary>Where the page begins, from the answer before; null for the first. Short-lived, and good only with everything else in the request unchanged (50100).</summary>
    public string? Cursor
    {
        get => Position;
        init => Position = value;
    }

    /// <inheritdoc />
    public override string? PositionAfter(TResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return string.IsNullOrEmpty(answer.NextCursor) ? null : answer.NextCursor;
    }
}

/// <summary>An answer that names the next page.</summary>
public interface IWecomCursorPage
{
    /// <summary>Where the next page begins; empty or null on the last.</summary>
    string? NextCursor { get; }
}
