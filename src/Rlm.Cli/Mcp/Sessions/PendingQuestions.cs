using System.Security.Cryptography;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>What hosts were asked that come again with the answer, by the state that comes with it. An answer counts once.</summary>
internal sealed class PendingQuestions
{
    private const int MaxQuestions = 64;

    private readonly Lock _lock = new();
    private readonly List<(string State, PendingQuestion Question)> _pending = [];

    /// <summary>Gives what has to come back.</summary>
    public string Add(PendingQuestion question)
    {
        string state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (_lock)
        {
            if (_pending.Count == MaxQuestions)
                _pending.RemoveAt(0);
            _pending.Add((state, question));
        }

        return state;
    }

    /// <summary>The question of a state, which is no more; null where it was about another program, or there is none.</summary>
    public PendingQuestion? Take(string state, string program)
    {
        lock (_lock)
        {
            int at = _pending.FindIndex(pending => pending.State == state && pending.Question.Program == program);
            if (at < 0)
                return null;

            var question = _pending[at].Question;
            _pending.RemoveAt(at);
            return question;
        }
    }
}

/// <param name="Session">The session that the program ran in.</param>
/// <param name="Program">The program.</param>
/// <param name="Stages">What is allowed if the answer is yes: the stages that were before, and those that are asked about.</param>
internal sealed record PendingQuestion(string Session, string Program, IReadOnlyList<SpendingStage> Stages);
