using System.Text.RegularExpressions;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Deploy;

/// <summary>The image's build is given all that the projects under <c>src</c> ask for.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Root = RepositoryFiles.PathOf();

    [Fact]
    public void Every_file_that_a_project_takes_from_outside_src_is_copied_to_its_place()
    {
        var asked = Projects().SelectMany(Asked).Where(path => !path.StartsWith("src/", StringComparison.Ordinal)).ToList();

        asked.ShouldContain("docs/appsettings.schema.json");
        asked.Append(".editorconfig").Except(Copied()).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_copied_exists_and_is_not_shut_out()
    {
        var ignored = File.ReadAllLines(RepositoryFiles.PathOf("deploy", "Dockerfile.dockerignore"));

        ignored[0].ShouldBe("*");
        Copied().ShouldAllBe(path => Path.Exists(Path.Combine(Root, path)));
        ignored.Where(line => line.StartsWith('!')).Select(line => line[1..]).ShouldBe(Copied(), ignoreOrder: true);
    }

    [Fact]
    public void The_folder_of_data_belongs_to_the_user_of_the_process()
    {
        var lines = File.ReadAllLines(RepositoryFiles.PathOf("deploy", "Dockerfile")).ToList();

        lines.IndexOf("COPY --from=build --chown=1654:1654 /data /data").ShouldBeInRange(1, lines.IndexOf("VOLUME /data"));
        lines.ShouldContain("RUN mkdir /data");
    }

    /// <summary>Paths in the repository; each keeps its path in the image's build.</summary>
    private static List<string> Copied()
    {
        var copied = new List<string>();
        foreach (var match in Copy().Matches(File.ReadAllText(RepositoryFiles.PathOf("deploy", "Dockerfile"))).Cast<Match>())
        {
            foreach (var path in match.Groups["from"].Value.Split(' ').Select(path => path.TrimEnd('/')))
            {
                var to = match.Groups["to"].Value.TrimEnd('/');
                (to == path || to == (Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".")).ShouldBeTrue(match.Value);
                copied.Add(path);
            }
        }

        return copied;
    }

    private static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets" && !file.Contains("/obj/", StringComparison.Ordinal));

    private static IEnumerable<string> Asked(string project) =>
        Outside().Matches(File.ReadAllText(project)).Select(match => Path.GetRelativePath(Root, Path.GetFullPath(match.Groups["path"].Value, Path.GetDirectoryName(project)!)));

    [GeneratedRegex(@"^COPY (?!--)(?<from>.+) (?<to>\S+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Copy();

    [GeneratedRegex(@"(?<="")(\$\(MSBuildThisFileDirectory\))?(?<path>\.\./[^""]+)(?="")", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outside();
}
