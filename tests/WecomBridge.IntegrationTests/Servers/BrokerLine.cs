using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>The network between a bridge and its broker: it can be down, slow, or swallow what connections send without closing them.</summary>
internal sealed class BrokerLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<Connection> _connections = [];
    private readonly Uri _broker;
    private readonly Task _accepting;

    public BrokerLine(Uri broker)
    {
        _broker = broker;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The broker's address by way of this line.</summary>
    public Uri Uri => new UriBuilder(_broker) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    /// <summary>Whether connections are taken; those that stand are not touched.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>What one connection carries to the broker in a second; 0 for as much as it likes.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>From now on the connections that stand carry nothing, either way, and stay open.</summary>
    public void Swallow()
    {
        foreach (var connection in _connections) connection.Swallows = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections) connection.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_ended.Token);
                if (!IsUp)
                {
                    near.Dispose();
                    continue;
                }

                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, _broker.Port, _ended.Token);
                var connection = new Connection(near, far);
                _connections.Add(connection);
                _ = CarryAsync(connection, near, far, isToBroker: true);
                _ = CarryAsync(connection, far, near, isToBroker: false);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Connection connection, TcpClient from, TcpClient to, bool isToBroker)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var read)
            {
                if (isToBroker && BytesPerSecond > 0) await Task.Delay(TimeSpan.FromSeconds((double)read / BytesPerSecond), _ended.Token);
                if (!connection.Swallows) await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ended.Token);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // One end is gone; the other is told below.
        }

        connection.Dispose();
    }

    private sealed class Connection(TcpClient near, TcpClient far) : IDisposable
    {
        public volatile bool Swallows;

        public void Dispose()
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
