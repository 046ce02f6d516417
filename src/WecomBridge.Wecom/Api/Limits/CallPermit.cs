namespace WecomBridge.Wecom.Api;

/// <summary>Leave to make one exchange; must be given back once, whatever becomes of the exchange.</summary>
/// <param name="InFlight">Exchanges of this API that ran when it was given, itself included.</param>
/// <param name="Round">Of the concurrency limit.</param>
/// <param name="Opening">Counts the closings of the API; an answer to a call from before the last one says nothing new.</param>
/// <param name="IsProbe">The call tells whether the API is open again.</param>
/// <param name="Waited">How long its caller waited.</param>
internal readonly record struct CallPermit(int InFlight, int Round, int Opening, bool IsProbe, TimeSpan Waited);

/// <summary>One API of one corp in this process at one moment.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="Api">Path under <c>cgi-bin/</c>.</param>
/// <param name="ConcurrencyLimit">Calls that may run at once.</param>
/// <param name="InFlight">Calls that run.</param>
/// <param name="Waiting">Callers that wait.</param>
/// <param name="IsReserving">The store is being asked for more calls.</param>
/// <param name="MinuteLeft">What is left of the minute's budget, when last looked at; all of it when that was longer ago.</param>
/// <param name="HourLeft">What is left of the hour's budget, when last looked at; all of it when that was longer ago.</param>
/// <param name="Closing">Whether the platform has closed it.</param>
public sealed record CallGauge(string Corp, string Api, int ConcurrencyLimit, int InFlight, int Waiting, bool IsReserving, int MinuteLeft, int HourLeft, CallClosing Closing);
