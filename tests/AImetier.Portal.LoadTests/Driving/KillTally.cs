namespace AImetier.Portal.LoadTests.Driving;

/// <summary>What became of e-mails whose sender was killed.</summary>
internal sealed class KillTally
{
    /// <summary>Approvals whose yes was answered before the kill.</summary>
    public int Approved { get; set; }

    /// <summary>Uncertain after the restart.</summary>
    public int Uncertain { get; set; }

    /// <summary>Uncertain, and the mail server had taken it: a second attempt would have been one too many.</summary>
    public int UncertainTaken { get; set; }

    /// <summary>Taken more than once before a person said anything.</summary>
    public int Twice { get; set; }

    /// <summary>Approved, and then neither sent nor open.</summary>
    public int Lost { get; set; }

    /// <summary>Called sent though the mail server has not taken it.</summary>
    public int Invented { get; set; }

    /// <summary>Uncertain, and then sent by a person's word, and taken once in all.</summary>
    public int EndedByPeople { get; set; }

    /// <summary>Seconds from the kill until the next process listened.</summary>
    public List<double> Restarts { get; } = [];
}
