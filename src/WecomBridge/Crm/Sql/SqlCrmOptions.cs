namespace WecomBridge.Crm;

/// <summary>A CRM whose database may be read and written. A question is a SELECT with one parameter, <c>@externalUserId</c>, <c>@unionId</c>, <c>@memberNumber</c> or <c>@mobile</c>; a fact's place is a column.</summary>
internal sealed class SqlCrmOptions : CrmCallOptions
{
    /// <summary>Kind of database. Default PostgreSQL.</summary>
    public SqlCrmProvider Provider { get; set; } = SqlCrmProvider.Postgres;

    /// <summary>Connection string, or <c>env:NAME</c> or <c>file:PATH</c> holding one. Required.</summary>
    public string? ConnectionString { get; set; }

    public SqlWriteOptions Write { get; set; } = new();
}

internal enum SqlCrmProvider
{
    Postgres,
    Sqlite,
}

/// <summary>What is written about a customer.</summary>
internal sealed class SqlWriteOptions : CrmWriteOptions
{
    /// <summary>One statement that may be repeated, with parameters: <c>@id</c>, <c>@idempotencyKey</c> and those of <see cref="Set"/>. Default: none, nothing is written.</summary>
    public string? Statement { get; set; }

    /// <summary>Further parameters by name, each with the template of its value.</summary>
    public Dictionary<string, string> Set { get; set; } = [];

    /// <summary>The statement for customers whom the CRM does not know, with the same parameters but <c>@id</c>. Default: none, they are left out.</summary>
    public string? Create { get; set; }
}
