using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Traffic;

/// <summary>How many people.</summary>
public sealed record PopulationSize
{
    /// <summary>Members. Default 5.</summary>
    public int Staff { get; init; } = 5;
    /// <summary>People outside. Default 50.</summary>
    public int Customers { get; init; } = 50;
    /// <summary>Share of them that the CRM knows, by unionid or by mobile. Default one half.</summary>
    public double KnownToCrm { get; init; } = 0.5;
}

/// <summary>The people made.</summary>
/// <param name="Staff">Members.</param>
/// <param name="Customers">People outside; nobody's customers yet.</param>
public sealed record People(IReadOnlyList<SimulatedStaff> Staff, IReadOnlyList<SimulatedCustomer> Customers);

/// <summary>Makes members and people outside, the same for the same seed.</summary>
public static class Population
{
    private static readonly string[] Families = ["王", "李", "张", "刘", "陈", "杨", "欧阳", "赵"];
    private static readonly string[] Given = ["伟", "芳", "娜", "秀英", "敏", "静", "磊", "洋", "雨桐", "子涵"];
    private static readonly string[] English = ["Alice", "Bob", "Carol", "Dave", "Zoë", "O'Neil", "Ann-Marie"];
    private static readonly string[] Ornaments = ["", "", "", "🌸", "👨‍👩‍👧", "☕️", " <VIP> & co"];
    private static readonly string[] Levels = ["gold", "silver", "new"];
    private static readonly string[] Pinyin = ["zhang", "wang", "li", "liu", "chen", "yang", "zhao", "huang"];

    /// <summary>Fills a corp, and the CRM with those it knows. No callbacks.</summary>
    public static People Generate(WecomSimulator simulator, SimulatedCorp corp, PopulationSize size)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(corp);
        ArgumentNullException.ThrowIfNull(size);
        var random = new Random(simulator.Seed);
        var staff = Enumerable.Range(1, size.Staff)
            .Select(i => new SimulatedStaff($"{Pinyin[(i - 1) % Pinyin.Length]}{i:00}", Chinese(random), Department: i % 3 + 1)).ToList();
        staff.ForEach(corp.Put);
        var customers = Enumerable.Range(1, size.Customers).Select(i => Customer(random, i)).ToList();
        foreach (var customer in customers)
        {
            corp.Customers.Put(customer);
            if (random.NextDouble() < size.KnownToCrm) simulator.Crm.Put(InCrm(random, customer, staff));
        }

        return new People(staff, customers);
    }

    private static SimulatedCustomer Customer(Random random, int number)
    {
        var name = random.Next(3) == 0 ? Pick(random, English) : Chinese(random);
        return new SimulatedCustomer($"wm{number:00000}{new string(random.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 25))}", name + Pick(random, Ornaments))
        {
            Gender = random.Next(3),
            UnionId = random.Next(4) == 0 ? null : "o" + new string(random.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789", 27)),
            Mobile = $"130{random.Next(100_000_000):00000000}",
        };
    }

    /// <summary>The CRM knows the union id, the number, or both; a person without a union id by number only.</summary>
    private static CrmCustomer InCrm(Random random, SimulatedCustomer customer, List<SimulatedStaff> staff)
    {
        var by = random.Next(3);
        return new CrmCustomer("c-" + customer.ExternalUserId[2..7], Chinese(random))
        {
            Level = Pick(random, Levels),
            UnionId = by == 1 ? null : customer.UnionId,
            Mobile = by == 0 && customer.UnionId is not null ? null : customer.Mobile,
            Owner = staff.Count == 0 ? null : staff[random.Next(staff.Count)].UserId,
        };
    }

    private static string Chinese(Random random) => Pick(random, Families) + Pick(random, Given);

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
