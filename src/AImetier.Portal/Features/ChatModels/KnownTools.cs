namespace AImetier.Portal.Features.ChatModels;

/// <summary>Names of tools that the practice model calls; a tool of that name takes the arguments said here.</summary>
public static class KnownTools
{
    /// <summary>Proposes an e-mail. Strings <c>to</c>, <c>subject</c>, <c>body</c>; answers an object with <c>status</c> (waiting, approved, refused) and <c>reason</c>.</summary>
    public const string SendEmail = "send_email";
}
