namespace WecomBridge.Operations;

/// <summary>Where the service of these settings listens, as seen from its own machine.</summary>
internal static class OwnAddress
{
    /// <summary>The first address, those of the settings before those of the environment; <c>http://localhost:5000/</c> without any, as .NET has it.</summary>
    public static Uri Of(IConfiguration configuration)
    {
        var endpoint = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(child => child["Url"]).FirstOrDefault(url => !string.IsNullOrEmpty(url));
        var url = endpoint ?? First("urls") ?? (First("http_ports") is { } port ? $"http://localhost:{port}" : "http://localhost:5000");
        foreach (var everywhere in (string[])["://*", "://+", "://0.0.0.0", "://[::]"]) url = url.Replace(everywhere, "://localhost", StringComparison.Ordinal);
        return new Uri(url.TrimEnd('/') + "/");

        string? First(string name) => new[] { configuration[name], configuration["ASPNETCORE_" + name.ToUpperInvariant()], configuration["DOTNET_" + name.ToUpperInvariant()] }
            .Select(value => value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()).FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }
}
