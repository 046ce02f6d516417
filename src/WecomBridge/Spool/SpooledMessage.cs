using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>A message waiting in the spool.</summary>
/// <param name="Sequence">Order of arrival at this instance.</param>
/// <param name="Message">The message as it was stored.</param>
internal sealed record SpooledMessage(long Sequence, OutgoingMessage Message);
