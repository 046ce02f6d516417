using WecomBridge.Broker;

namespace WecomBridge.Tests.Broker;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("v1.#", "v1.acme.customer.added.p03", true)]
    [InlineData("v1.*.customer.#", "v1.acme.customer.added.p03", true)]
    [InlineData("v1.*.customer.#", "v1.acme.customer", true)]
    [InlineData("v1.*.customer.#", "v1.acme.group.created.p03", false)]
    [InlineData("v1.acme.customer.added.*", "v1.acme.customer.added.p03", true)]
    [InlineData("v1.acme.customer.added.*", "v1.acme.customer.added", false)]
    [InlineData("#.p03", "v1.acme.customer.added.p03", true)]
    [InlineData("#", "", true)]
    [InlineData("*", "a.b", false)]
    public void Matches_as_RabbitMQ_does(string pattern, string key, bool expected) => TopicPattern.Matches(pattern, key).ShouldBe(expected);
}
