namespace AImetier.Portal.Features.ChatModels;

/// <summary>Marks the resources that tell people about the model.</summary>
public sealed class ChatModelText;
