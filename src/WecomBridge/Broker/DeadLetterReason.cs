using System.Runtime.Serialization;
using MassTransit;

namespace WecomBridge.Broker;

/// <summary>Why a message is poison, in words that hold nothing private: exception texts may quote names, numbers and bodies.</summary>
internal static class DeadLetterReason
{
    public static string Of(Exception failure) => failure switch
    {
        SerializationException => "unreadable: " + failure.Message,
        MessageNotConsumedException => "no consumer takes this type",
        _ => "consumer failed: " + (failure.InnerException ?? failure).GetType().Name,
    };
}
