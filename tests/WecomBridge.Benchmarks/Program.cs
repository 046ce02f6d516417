using BenchmarkDotNet.Running;
using WecomBridge.Benchmarks;
using WecomBridge.Benchmarks.Load;

switch (args)
{
    case ["quick"]:
        return QuickMode.Run();
    case ["load", .. var parts]:
        return await LoadMode.RunAsync(parts);
    case ["routing"]:
        return await RoutingMode.RunAsync();
    case ["greetings"]:
        return await GreetingMode.RunAsync();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DecodeBenchmarks).Assembly).Run(args);
        return 0;
}
