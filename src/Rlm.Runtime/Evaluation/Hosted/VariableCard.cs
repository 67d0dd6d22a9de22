using System.Text.Json.Serialization.Metadata;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Hosted;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;

namespace Rlm;

/// <summary>
/// The card of a value, as a root sees it of a variable: type and size in one line, and a preview. The seed's <c>make_variable_info</c>.
/// </summary>
public static class VariableCard
{
    /// <summary>The card of a value; <see cref="RlmVariable.Value(string, object)"/> says of which.</summary>
    /// <param name="name">The name of the variable, which stands before the card; any text.</param>
    /// <param name="value">The value: a text, number, date, list, dictionary, JSON, … A list of records is rows.</param>
    /// <param name="previewChars">
    /// The most characters of the preview; a value that is written in no more is whole, of a longer one lines or items from head, middle
    /// and tail are shown. Default 1,000; at least 0.
    /// </param>
    /// <returns>One line, and a line after <c>| </c> for each that is previewed.</returns>
    /// <exception cref="ArgumentException">Programs know no such value.</exception>
    public static string Of(string name, object? value, int previewChars = 1_000)
    {
        Require(name, previewChars);
        var read = HostValue.Of(value);
        return ValueCard.OfHosted(name, ValueTypes.TypeOf(read) ?? RlmType.None, read, previewChars);
    }

    /// <summary>The card of a value of the host's own type.</summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written as JSON, which gives the card its fields and types.</param>
    /// <param name="previewChars">The most characters of the preview. Default 1,000; at least 0.</param>
    public static string Of<T>(string name, T value, JsonTypeInfo<T> type, int previewChars = 1_000)
    {
        Require(name, previewChars);
        ArgumentNullException.ThrowIfNull(type);
        var (read, declared) = DeclaredValue.Of(value, type);
        return ValueCard.OfHosted(name, declared, read, previewChars);
    }

    private static void Require(string name, int previewChars)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(previewChars);
    }
}
