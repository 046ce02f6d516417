using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>What members and customers do that apps learn of only by asking: tasks confirmed, members leaving, messages to customer service.</summary>
public sealed class TaskActions
{
    private readonly CorpState _state;
    private readonly CorpEvents _events;

    internal TaskActions(CorpState state, CorpEvents events) => (_state, _events) = (state, events);

    /// <summary>A member confirms a mass message or publishes a moment; only then it reaches customers. No callback.</summary>
    /// <param name="id"><c>msgid</c> or <c>moment_id</c>.</param>
    /// <param name="userId">The member.</param>
    /// <exception cref="KeyNotFoundException">There is no such task.</exception>
    public void Confirm(string id, string userId)
    {
        lock (_state.Gate)
        {
            var task = _state.MassMessages.Find(id) ?? _state.Moments.Find(id) ?? throw new KeyNotFoundException($"There is no mass message or moment {id}.");
            task.DoneBy[userId] = _state.Now;
        }
    }

    /// <summary>A member leaves the enterprise; their customers wait to be handed over. No callback.</summary>
    public void Resign(string userId)
    {
        lock (_state.Gate) _state.Transfers.Resigned[_state.StaffMember(userId).UserId] = _state.Now;
    }

    /// <summary>A customer writes to a customer-service account; the event carries the token for <c>kf/sync_msg</c>.</summary>
    public Happening WriteToService(string openKfId, string externalUserId, string text)
    {
        lock (_state.Gate)
        {
            var token = _state.Ids.Id("ENC", 24);
            _state.CustomerService.Add(openKfId, _state.Ids.Id("", 24), _state.Customer(externalUserId).ExternalUserId, text, _state.Now, token);
            return _events.Post("kf_msg_or_event", "", openKfId, [new CallbackField("Token", token), new CallbackField("OpenKfId", openKfId)]);
        }
    }

    /// <summary>Every uploaded file dies at once, as it would three days later: its id is answered 40007.</summary>
    /// <returns>How many.</returns>
    public int ExpireMedia()
    {
        lock (_state.Gate) return _state.Media.Expire();
    }
}
