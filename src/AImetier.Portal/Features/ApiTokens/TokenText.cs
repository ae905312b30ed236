namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Marks the resources of what keys are called.</summary>
public sealed class TokenText;
