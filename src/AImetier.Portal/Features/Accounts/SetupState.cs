namespace AImetier.Portal.Features.Accounts;

/// <summary>Remembers that the Portal was set up, which never becomes untrue.</summary>
public sealed class SetupState
{
    private volatile bool _done;

    /// <summary>Whether this process has seen an owner.</summary>
    public bool IsDone => _done;

    /// <summary>Notes that there is an owner.</summary>
    public void Done() => _done = true;
}
