using System.Net.Sockets;
using System.Text;

namespace WecomBridge.Operations;

/// <summary>Tells systemd when the service has started and when it stops (<c>Type=notify</c>); without systemd it does nothing.</summary>
/// <remarks>A datagram to the socket that <c>NOTIFY_SOCKET</c> names, after sd_notify(3); a name that begins with <c>@</c> is abstract.</remarks>
internal sealed class SystemdNotifier(IConfiguration configuration) : IHostedLifecycleService
{
    public const string SocketVariable = "NOTIFY_SOCKET";

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => NotifyAsync("READY=1\nSTATUS=takes callbacks", cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => NotifyAsync("STOPPING=1\nSTATUS=finishes what is under way", cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task NotifyAsync(string state, CancellationToken cancellationToken)
    {
        if (configuration[SocketVariable] is not { Length: > 0 } name) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var address = new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name);
        try
        {
            await socket.SendToAsync(Encoding.UTF8.GetBytes(state), address, cancellationToken);
        }
        catch (SocketException)
        {
            // Callbacks matter more than who is told: a systemd that waits in vain says so itself.
        }
    }
}
