namespace WecomBridge.Tests.Contracts;

/// <summary>Finds files of the working tree from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WecomBridge.sln"))) folder = folder.Parent;
        folder.ShouldNotBeNull("The tests must run from inside the repository.");
        return Path.Combine([folder.FullName, .. parts]);
    }
}
