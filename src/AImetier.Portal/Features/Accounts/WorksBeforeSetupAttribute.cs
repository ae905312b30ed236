namespace AImetier.Portal.Features.Accounts;

/// <summary>Marks pages that work while there is no owner; every other page then leads to set-up.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WorksBeforeSetupAttribute : Attribute;
