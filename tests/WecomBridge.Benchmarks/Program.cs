using BenchmarkDotNet.Running;
using WecomBridge.Benchmarks;

if (args is not ["quick"])
{
    BenchmarkSwitcher.FromAssembly(typeof(DecodeBenchmarks).Assembly).Run(args);
    return 0;
}

var decode = new DecodeBenchmarks();
QuickMode.Run("envelope", () => decode.Envelope() ? decode : null);
QuickMode.Run("open", () => decode.Open().IsEmpty ? null : decode);
QuickMode.Run("read", decode.Read);
QuickMode.Run("decode", decode.Decode);
return 0;
