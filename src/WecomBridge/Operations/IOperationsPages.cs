using System.Net;

namespace WecomBridge.Operations;

/// <summary>Pages of one feature on the operators' address. Every registered one is mapped.</summary>
internal interface IOperationsPages
{
    /// <summary>Maps the pages. Each needs a token of at least <see cref="OperationsRole.Read"/> unless it says otherwise, with <see cref="OperationsPageExtensions"/>.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Who may see a page.</summary>
/// <param name="Role">The least role; null for everybody.</param>
internal sealed record OperationsPageAccess(OperationsRole? Role);

internal static class OperationsPageExtensions
{
    /// <summary>The page needs a token of this role or a higher one.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder page, OperationsRole role)
        where TBuilder : IEndpointConventionBuilder => page.WithMetadata(new OperationsPageAccess(role));

    /// <summary>The page holds nothing that would need a token.</summary>
    public static TBuilder IsOpen<TBuilder>(this TBuilder page)
        where TBuilder : IEndpointConventionBuilder => page.WithMetadata(new OperationsPageAccess(Role: null));

    /// <summary>The page holds nothing personal: whoever is on the machine may see it; where the address is not a loopback one, a token that may look is needed.</summary>
    public static TBuilder IsOpenOnLoopback<TBuilder>(this TBuilder page, OperationsOptions options)
        where TBuilder : IEndpointConventionBuilder =>
        OperationsAddress.Read(options.Url) is { } address && IPAddress.IsLoopback(address.Address) ? page.IsOpen() : page.Needs(OperationsRole.Read);
}
