using MassTransit;
using WecomBridge.Contracts;

namespace Subscriber;

/// <summary>What is done about a new customer.</summary>
internal sealed class NewCustomer(HandledIds handled) : IConsumer<CloudEvent<CustomerAdded>>
{
    public Task Consume(ConsumeContext<CloudEvent<CustomerAdded>> context)
    {
        var (added, data) = (context.Message, context.Message.Data);
        if (handled.Contains(added.Id)) return Task.CompletedTask;
        Console.WriteLine($"customer.added id={added.Id} corp={data.Corp} userId={data.UserId} externalUserId={data.ExternalUserId} state={data.State ?? "-"} time={UtcTimeConverter.Format(added.Time)}");
        handled.Add(added.Id);
        return Task.CompletedTask;
    }
}
