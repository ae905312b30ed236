using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.Developer;

/// <summary>The amber block of a key just made. The only view model that carries a secret; it is rendered once, into the answer of the POST.</summary>
/// <param name="Plain">The full key.</param>
/// <param name="Name">Its name.</param>
/// <param name="TeammateName">Whom it is for.</param>
/// <param name="AskAddress">Absolute address that asks the teammate.</param>
/// <param name="ListAddress">Where "Done, hide the key" leads.</param>
/// <param name="QuickstartAddress">The first page of the Developer reference, filled for the teammate.</param>
public sealed record NewTokenViewModel(PlainToken Plain, string Name, string TeammateName, string AskAddress, string ListAddress, string QuickstartAddress);
