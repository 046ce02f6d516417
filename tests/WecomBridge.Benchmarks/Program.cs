using BenchmarkDotNet.Running;
using WecomBridge.Benchmarks;
using WecomBridge.Benchmarks.Load;

switch (args)
{
    case ["quick"]:
        return QuickMode.Run();
    case ["load"]:
        return await LoadMode.RunAsync();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DecodeBenchmarks).Assembly).Run(args);
        return 0;
}
