namespace AImetier.Portal.Features.Settings;

/// <summary>Kinds of acts to filter the activity log by: the hundreds of <see cref="Activity.ActivityAction"/>.</summary>
public enum ActivityGroup
{
    /// <summary>The business itself.</summary>
    Workspace = 1,

    /// <summary>Signing in and out, passwords, profiles.</summary>
    People = 2,

    /// <summary>Hiring, changing, pausing, removing.</summary>
    Teammates = 3,

    /// <summary>Keys.</summary>
    Keys = 4,

    /// <summary>Approvals and what left the workspace.</summary>
    Approvals = 5,

    /// <summary>Links to outside tools.</summary>
    Connectors = 6,

    /// <summary>Webhooks, outgoing and incoming.</summary>
    Webhooks = 7,

    /// <summary>What people did to their conversations in Chat, not what was said there.</summary>
    Conversations = 10,
}
