namespace AImetier.Portal.Features.ChatModels;

/// <summary>A model gave no answer. Every <see cref="Microsoft.Extensions.AI.IChatClient"/> of the Portal fails with this type.</summary>
/// <param name="kind">Why.</param>
/// <param name="inner">What the model's own client threw, or null.</param>
public sealed class ModelFailedException(ModelFailureKind kind, Exception? inner = null)
    : Exception(kind == ModelFailureKind.Timeout ? "The model took too long." : "The model failed.", inner)
{
    /// <summary>Why.</summary>
    public ModelFailureKind Kind => kind;
}
