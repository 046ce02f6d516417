using System.Text;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>The script of a shop's day, <c>shop-day.txt</c>: what happens, hour by hour, and what is to be so at the end.</summary>
internal sealed class ShopDay(World world)
{
    private readonly Dictionary<string, string> _chats = new(StringComparer.Ordinal);
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Flow", "shop-day.txt"), Encoding.UTF8);

    /// <summary>The hours in order, each with its happenings.</summary>
    public static IEnumerable<IGrouping<string, string[]>> Hours =>
        Lines.TakeWhile(line => line != "[relations]").Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(words => words[0], words => words[1..]);

    /// <summary>Groups by the names of the script.</summary>
    public IReadOnlyDictionary<string, string> Chats => _chats;

    private SimulatedCorp Corp => world.WecomCorp;

    /// <summary>Rows of an expected table, fields trimmed.</summary>
    public static IReadOnlyList<string> Table(string name) =>
    [
        .. Lines.SkipWhile(line => line != $"[{name}]").Skip(1).TakeWhile(line => line.Length > 0 && line[0] is not ('#' or '['))
            .Select(line => Row(line.Split('|'))),
    ];

    /// <summary>A row with single spaces, as <see cref="Table"/> gives it.</summary>
    public static string Row(params IEnumerable<string> fields) => string.Join(" | ", fields.Select(field => string.Join(' ', field.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text : "-"));

    /// <summary>The platform's id of a person of the script.</summary>
    public static string IdOf(string person) => char.IsUpper(person[0]) ? "wm" + person : person;

    /// <summary>The name in the script of an id.</summary>
    public static string NameOf(string id) => id.StartsWith("wm", StringComparison.Ordinal) ? id[2..] : id;

    /// <summary>Lets one thing happen in WeCom or in the CRM.</summary>
    /// <returns>What was called back; null for a command or a pause, which are the caller's.</returns>
    public IReadOnlyList<Happening>? Happen(string[] words) => words switch
    {
        ["staff", var id, var name] => Quietly(() => Corp.Put(new SimulatedStaff(id, name))),
        ["person", var name, var union] => Quietly(() => Corp.Customers.Put(new SimulatedCustomer(IdOf(name), name) { UnionId = NullIfDash(union) })),
        ["crm", var id, var name, var level, var union, var mobile] => Quietly(() => world.Simulator.Crm.Put((world.Simulator.Crm.Find(id) ?? new CrmCustomer(id, name)) with { Level = level, UnionId = NullIfDash(union), Mobile = NullIfDash(mobile) })),
        ["taggroup", var name, .. var tags] => Corp.Tags.CreateGroup(name, tags),
        ["rename", var tag, var name] => [Corp.Tags.Rename(TagId(tag), name)],
        ["add", var staff, var person, var state] => [Corp.Customers.Add(staff, IdOf(person), new AddDetails { State = NullIfDash(state) })],
        ["half", var staff, var person, var state] => [Corp.Customers.HalfAdd(staff, IdOf(person), new AddDetails { State = NullIfDash(state) })],
        ["tag", var staff, var person, var tag] => [Corp.Customers.EditTags(staff, IdOf(person), [TagId(tag)], [])],
        ["untag", var staff, var person, var tag] => [Corp.Customers.EditTags(staff, IdOf(person), [], [TagId(tag)])],
        ["remark", var staff, var person, var text] => [Corp.Customers.Edit(staff, IdOf(person), relation => relation with { Remark = text })],
        ["mobile", var staff, var person, var mobile] => [Corp.Customers.Edit(staff, IdOf(person), relation => relation with { RemarkMobiles = [mobile] })],
        ["leave", var staff, var person] => [Corp.Customers.LeaveByCustomer(staff, IdOf(person))],
        ["remove", var staff, var person] => [Corp.Customers.RemoveByStaff(staff, IdOf(person))],
        ["transfer", var from, var to, var person] => Corp.Customers.Transfer(from, to, IdOf(person)),
        ["group", var name, var owner, .. var members] => [Create(name, owner, members)],
        ["join", var chat, .. var members] => [Corp.Groups.Join(_chats[chat], [.. members.Select(IdOf)])],
        ["quit", var chat, .. var members] => [Corp.Groups.Leave(_chats[chat], [.. members.Select(IdOf)])],
        ["owner", var chat, var owner] => [Corp.Groups.ChangeOwner(_chats[chat], owner)],
        ["dissolve", var chat] => [Corp.Groups.Dismiss(_chats[chat])],
        ["refresh", _] or ["apply", _, _, _, _] or ["pause", _] => null,
        _ => throw new InvalidDataException(string.Join(' ', words)),
    };

    private static IReadOnlyList<Happening> Quietly(Action act)
    {
        act();
        return [];
    }

    private static string? NullIfDash(string text) => text == "-" ? null : text;

    private Happening Create(string name, string owner, string[] members)
    {
        var created = Corp.Groups.Create(owner, name, [.. members.Select(IdOf)]);
        _chats[name] = created.SubjectId;
        return created;
    }

    private string TagId(string tag) => Corp.Tags.FindId(tag.Split('/')[0], tag.Split('/')[1]) ?? throw new InvalidDataException($"There is no tag {tag}.");
}
