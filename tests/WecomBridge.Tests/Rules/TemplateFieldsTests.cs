using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class TemplateFieldsTests
{
    [Theory]
    [InlineData("Hello", "")]
    [InlineData("Hi {{customer.name}}, {{ staff.name }}!", "customer.name staff.name")]
    [InlineData("{{#if customer.name}}Hi {{customer.name}}{{else}}{{channel.state}}{{/if}}", "channel.state customer.name")]
    [InlineData("{{#unless crm.level}}{{~crm.name~}}{{/unless}}", "crm.level crm.name")]
    [InlineData("{{#if crm.a}}1{{else if crm.b}}2{{else}}3{{/if}}", "crm.a crm.b")]
    [InlineData("{{! a {remark} }}{{!-- with {{crm.a}} in it --}}{{{crm.会员-等级}}}", "crm.会员-等级")]
    public void Fields_are_found_in_every_branch(string template, string fields)
    {
        TemplateFields.Read(template, out var stranger).Order(StringComparer.Ordinal).ShouldBe(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        stranger.ShouldBeNull();
    }

    [Theory]
    [InlineData("{{#each crm}}x{{/each}}")]
    [InlineData("{{#with crm}}{{name}}{{/with}}")]
    [InlineData("{{lookup crm 'name'}}")]
    [InlineData("{{name}}")]
    [InlineData("{{../crm.name}}")]
    [InlineData("{{> partial}}")]
    [InlineData("{{this}}")]
    public void What_a_greeting_has_no_need_of_is_a_stranger(string template)
    {
        TemplateFields.Read(template, out var stranger);

        stranger.ShouldNotBeNull();
    }
}
