using Xunit.v3;

namespace WecomBridge.IntegrationTests;

/// <summary>The tests of the class mostly wait, and measure nothing that others on the machine could spoil: they run beside each other. All other classes run one after the other.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MostlyWaitsAttribute : Attribute;

/// <summary>One collection for each class.</summary>
public sealed class SideBySide(IXunitTestAssembly assembly) : TestCollectionFactoryBase(assembly)
{
    public override string DisplayName => "side by side only where tests mostly wait";

    protected override IXunitTestCollection GetDefaultTestCollection(Type testClass) =>
        new XunitTestCollection(TestAssembly, collectionDefinition: null, disableParallelization: !testClass.IsDefined(typeof(MostlyWaitsAttribute), inherit: false), "Tests of " + testClass.FullName);
}
