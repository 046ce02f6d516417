namespace WecomBridge.Rules;

/// <summary>What has to be looked up.</summary>
[Flags]
internal enum WhenNeeds
{
    None = 0,

    /// <summary>The staff member: name, departments.</summary>
    Staff = 1,

    /// <summary>The customer as WeCom knows them: name, kind, way of adding, tags.</summary>
    Customer = 2,

    /// <summary>The customer as the CRM knows them.</summary>
    Crm = 4,
}

internal static class WhenNeedsExtensions
{
    /// <summary>What conditions ask for beyond the event itself.</summary>
    public static WhenNeeds Needs(this When when)
    {
        var needs = when.Department.Count > 0 ? WhenNeeds.Staff : WhenNeeds.None;
        if (when.AddWay.Count + when.Kind.Count + when.Stage.Count > 0) needs |= WhenNeeds.Customer;
        if (!string.IsNullOrEmpty(when.Crm) || when.Facts.All.Count + when.Facts.Any.Count + when.Facts.None.Count > 0) needs |= WhenNeeds.Crm;
        return needs;
    }
}
