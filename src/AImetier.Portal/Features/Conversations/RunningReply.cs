using System.Runtime.CompilerServices;
using System.Text;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A reply that this process is working on: its text so far, for any number of readers, and how it ended.</summary>
/// <param name="ask">The stored question and its reply.</param>
public sealed class RunningReply(BegunAsk ask) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource<AskOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _stopping = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stored question and its reply.</summary>
    public BegunAsk Ask => ask;

    /// <summary>Ends with the outcome, when the reply is stored.</summary>
    public Task<AskOutcome> Outcome => _outcome.Task;

    /// <summary>Fires when somebody asked to stop.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Characters written so far.</summary>
    public int Length
    {
        get
        {
            lock (_lock)
                return _text.Length;
        }
    }

    /// <summary>Everything written so far.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    /// <summary>The text as it is written, from its beginning, until the reply is stored. A reader that is slow gets longer pieces.</summary>
    /// <param name="cancellationToken">The reader leaves; the work goes on.</param>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = 0;
        while (true)
        {
            // Asked before the text is: what was written last comes before the end.
            var ended = Outcome.IsCompleted;
            string piece;
            Task more;
            lock (_lock)
            {
                piece = _text.ToString(at, _text.Length - at);
                more = _more.Task;
            }

            if (piece.Length > 0)
            {
                at += piece.Length;
                yield return piece;
                continue;
            }

            if (ended)
                yield break;
            await Task.WhenAny(more, Outcome).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends when more than so many characters are written, or when the reply is stored.</summary>
    /// <param name="length">Characters that are known already.</param>
    public Task WhenLongerAsync(int length)
    {
        lock (_lock)
            return _text.Length > length ? Task.CompletedTask : Task.WhenAny(_more.Task, Outcome);
    }

    /// <summary>Asks the work to stop; what is written so far is kept.</summary>
    public void Stop()
    {
        lock (_stopping)
        {
            if (!Outcome.IsCompleted)
                _stop.Cancel();
        }
    }

    /// <summary>Frees what stopping needs, once the reply has ended.</summary>
    public void Dispose()
    {
        lock (_stopping)
            _stop.Dispose();
    }

    /// <summary>Adds what the model wrote.</summary>
    /// <param name="piece">Text, perhaps empty.</param>
    internal void Append(string piece)
    {
        if (piece.Length == 0)
            return;
        TaskCompletionSource more;
        lock (_lock)
        {
            _text.Append(piece);
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    /// <summary>The reply is stored.</summary>
    /// <param name="outcome">How it ended.</param>
    internal void End(AskOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <summary>The reply could not be stored.</summary>
    /// <param name="failure">Why.</param>
    internal void Break(Exception failure) => _outcome.TrySetException(failure);
}
