namespace WecomBridge.Simulator.Api;

/// <summary>What one corp has called of one API since the start; refused calls count as well.</summary>
/// <param name="CorpId">CorpId.</param>
/// <param name="Path">Path after <c>/cgi-bin/</c>.</param>
/// <param name="Calls">All calls with a valid token.</param>
/// <param name="Refused">Those refused with 45009 or 45033.</param>
/// <param name="PeakPerMinute">Most calls within any 60 s on the platform's clock: at most the minute limit when it was never crossed.</param>
/// <param name="PeakConcurrent">Most calls under way at one moment.</param>
public sealed record ApiRate(string CorpId, string Path, long Calls, long Refused, int PeakPerMinute, int PeakConcurrent);
