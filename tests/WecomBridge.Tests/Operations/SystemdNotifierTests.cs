using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

public sealed class SystemdNotifierTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Systemd_is_told_of_start_and_stop(bool isAbstract)
    {
        var path = isAbstract ? "@wb-" + Guid.NewGuid().ToString("N") : Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + path[1..] : path));
        var notifier = Notifier((SystemdNotifier.SocketVariable, path));

        await notifier.StartedAsync(default);
        var started = await ReceiveAsync(systemd);
        await notifier.StoppingAsync(default);
        var stopping = await ReceiveAsync(systemd);

        (started.Split('\n')[0], stopping.Split('\n')[0]).ShouldBe(("READY=1", "STOPPING=1"));
        if (!isAbstract) File.Delete(path);
    }

    [Fact]
    public async Task Without_systemd_nothing_is_said() => await Should.NotThrowAsync(() => Notifier().StartedAsync(default));

    private static SystemdNotifier Notifier(params (string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build());

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }
}
