namespace AImetier.Portal.Features.ApiTokens;

/// <summary>What an event about a key tells: ids alone.</summary>
/// <param name="TeammateId">The key's teammate.</param>
/// <param name="TokenId">Public id of the key.</param>
public sealed record TokenEvent(string TeammateId, string TokenId);
