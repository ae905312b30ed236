namespace AImetier.Portal.Features.ChatModels;

/// <summary>Why a model gave no answer.</summary>
public enum ModelFailureKind
{
    /// <summary>It refused, broke off, or could not be reached.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    Timeout,
}
