using System.Net;
using System.Net.Sockets;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Ports that were free a moment ago, each handed out once in this process.</summary>
internal static class FreePorts
{
    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        lock (Taken)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Taken.Add(port)) return port;
            }
        }
    }
}
