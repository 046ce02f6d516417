// Prints every new customer once. Settings: WECOM_AMQP, the broker's address, and WECOM_QUEUE, your queue.
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subscriber;
using Subscriber.WecomEvents;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<HandledIds>();
builder.Services.AddWecomEvents(
    new Uri(builder.Configuration["WECOM_AMQP"]!),
    builder.Configuration["WECOM_QUEUE"]!,
    bus => bus.AddConsumer<NewCustomer>());
await builder.Build().RunAsync();
