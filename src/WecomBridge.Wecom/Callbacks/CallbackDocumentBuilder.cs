using System.Runtime.InteropServices;
using System.Text;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>Collects elements in document order and gives each leaf its path.</summary>
internal sealed class CallbackDocumentBuilder
{
    private const int MaxDepth = 32;
    private const int MaxLeaves = 20_000;

    /// <summary>Long names around many leaves multiply; all paths together stay below this, in characters.</summary>
    private const int MaxPathLength = 4 * 1024 * 1024;

    /// <summary>Up to here looking back is cheaper than a table.</summary>
    private const int SmallDocument = 32;
    private const int Root = -1;
    private const int Alone = -1;

    private readonly List<Node> _nodes = new(16);
    private readonly List<int> _open = [];
    private Dictionary<(int Parent, string Name), int>? _last;
    private Node _root;
    private int _leaves;

    /// <summary>True while the open element has no children.</summary>
    public bool InLeaf => _open.Count > 0 && !_nodes[_open[^1]].HasChildren;

    /// <summary>Begins a child of the open element.</summary>
    /// <exception cref="CallbackUnreadableException">Too deep, or too many.</exception>
    public void Open(string name)
    {
        if (_open.Count == MaxDepth) throw new CallbackUnreadableException("The callback is nested deeper than 32 levels.");
        _open.Add(Add(name, null));
    }

    /// <summary>Ends the open element.</summary>
    public void Close() => _open.RemoveAt(_open.Count - 1);

    /// <summary>Adds text to the open element, behind what it has.</summary>
    public void Text(string value)
    {
        if (_open.Count == 0) _root.Append(value);
        else CollectionsMarshal.AsSpan(_nodes)[_open[^1]].Append(value);
    }

    /// <summary>Adds a whole leaf.</summary>
    public void Leaf(string name, string value)
    {
        if (_open.Count == MaxDepth) throw new CallbackUnreadableException("The callback is nested deeper than 32 levels.");
        Add(name, value);
    }

    /// <summary>The document. Text beside child elements is kept as a leaf of its own, unless it is white space.</summary>
    public CallbackDocument Build()
    {
        var elements = new List<CallbackElement>(_leaves + 1);
        if (_root.HasText) elements.Add(new("", _root.Value));
        var length = 0;
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        foreach (ref var node in nodes)
        {
            var segment = node.Ordinal == Alone ? node.Name : $"{node.Name}[{node.Ordinal}]";
            node.Path = node.Parent == Root ? segment : $"{nodes[node.Parent].Path}/{segment}";
            length += node.Path.Length;
            if (length > MaxPathLength) throw new CallbackUnreadableException("The names of the callback's elements are too long.");
            if (!node.HasChildren || node.HasText) elements.Add(new(node.Path, node.Value));
        }

        return new CallbackDocument(elements);
    }

    private int Add(string name, string? text)
    {
        var parent = _open.Count == 0 ? Root : _open[^1];
        var node = new Node { Name = name, Parent = parent, Text = text, Ordinal = Alone };
        var index = _nodes.Count;
        var last = FindLast(parent, name);
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        if (last >= 0)
        {
            if (nodes[last].Ordinal == Alone) nodes[last].Ordinal = 0;
            node.Ordinal = nodes[last].Ordinal + 1;
        }

        // A first child turns a leaf into a branch; every other element is one leaf more.
        if (parent != Root && !nodes[parent].HasChildren) nodes[parent].HasChildren = true;
        else _leaves++;
        if (_leaves > MaxLeaves) throw new CallbackUnreadableException("The callback has more than 20,000 values.");
        _nodes.Add(node);
        if (_last is not null) _last[(parent, name)] = index;
        return index;
    }

    private int FindLast(int parent, string name)
    {
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        if (nodes.Length >= SmallDocument)
        {
            _last ??= Remember(nodes);
            return _last.GetValueOrDefault((parent, name), -1);
        }

        for (var i = nodes.Length - 1; i > parent; i--)
        {
            if (nodes[i].Parent == parent && nodes[i].Name == name) return i;
        }

        return -1;
    }

    private static Dictionary<(int Parent, string Name), int> Remember(ReadOnlySpan<Node> nodes)
    {
        var last = new Dictionary<(int, string), int>();
        for (var i = 0; i < nodes.Length; i++) last[(nodes[i].Parent, nodes[i].Name)] = i;
        return last;
    }

    private struct Node
    {
        public string Name;
        public string Path;
        public string? Text;
        public int Parent;
        public int Ordinal;
        public bool HasChildren;
        private StringBuilder? _pieces;

        public readonly string Value => _pieces?.ToString() ?? Text ?? "";

        public readonly bool HasText => !string.IsNullOrWhiteSpace(_pieces is null ? Text : _pieces.ToString());

        public void Append(string value)
        {
            if (Text is null) Text = value;
            else (_pieces ??= new StringBuilder(Text)).Append(value);
        }
    }
}
