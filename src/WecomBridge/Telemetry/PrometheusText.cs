using System.Globalization;
using System.Text;

namespace WecomBridge.Telemetry;

/// <summary>The text format of Prometheus, version 0.0.4. Names after OpenTelemetry's mapping: dots become underscores, then the unit, then <c>_total</c> for counters.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricBook.MetricEntry> entries, long collection)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in entries.GroupBy(entry => NameOf(entry.Instrument.Name, entry.Instrument.Unit, entry.Kind)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var (first, series) = (metric.First(), metric.SelectMany(entry => entry.Shown(collection)).ToList());
            if (series.Count == 0) continue;
            text.Append("# HELP ").Append(metric.Key).Append(' ').Append(Escape(first.Instrument.Description is { Length: > 0 } help ? help : first.Instrument.Name, quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(metric.Key).Append(' ').Append(WordOf(first.Kind)).Append('\n');
            foreach (var one in series) Write(text, metric.Key, first.Kind, one);
        }

        return text.ToString();
    }

    /// <summary>The name of an instrument as Prometheus has it.</summary>
    public static string NameOf(string instrument, string? unit, MetricKind kind)
    {
        var name = Word(instrument);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "%" => "_percent",
            "1" when kind == MetricKind.Gauge => "_ratio",
            _ => "",
        };
        if (!name.EndsWith(suffix, StringComparison.Ordinal)) name += suffix;
        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Tags as they stand between the braces.</summary>
    public static string Labels(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(
        ',', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{Word(tag.Key)}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\""));

    private static void Write(StringBuilder text, string name, MetricKind kind, MetricSeries series)
    {
        var (value, count, buckets) = series.Read();
        if (kind != MetricKind.Histogram)
        {
            Line(text, name, "", series.Labels, value);
            return;
        }

        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            var bound = i < series.Bounds.Count ? Number(series.Bounds[i]) : "+Inf";
            Line(text, name, "_bucket", $"{series.Labels}{(series.Labels.Length == 0 ? "" : ",")}le=\"{bound}\"", below);
        }

        Line(text, name, "_sum", series.Labels, value);
        Line(text, name, "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string WordOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Word(string name)
    {
        var word = string.Create(name.Length, name, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
        });
        return char.IsAsciiDigit(word[0]) ? '_' + word : word;
    }

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
