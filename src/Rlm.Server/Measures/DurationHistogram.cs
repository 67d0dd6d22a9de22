using System.Globalization;
using System.Text;

namespace Rlm.Server.Measures;

/// <summary>How long things took, in buckets of Prometheus.</summary>
internal sealed class DurationHistogram
{
    private static readonly double[] Bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private double _sum;

    public void Add(TimeSpan time)
    {
        int place = Array.FindIndex(Bounds, bound => time.TotalSeconds <= bound);
        lock (_lock)
        {
            _counts[place < 0 ? Bounds.Length : place]++;
            _sum += time.TotalSeconds;
        }
    }

    /// <summary>Writes the lines of a metric.</summary>
    public void Write(StringBuilder text, string name)
    {
        lock (_lock)
        {
            long count = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                count += _counts[i];
                string bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bound}\"}} {count}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum {_sum}\n{name}_count {count}\n");
        }
    }
}
