namespace AImetier.Portal.Features.Activity;

/// <summary>Every act that the activity log knows. The text of each is in the resources of Settings.</summary>
public enum ActivityAction
{
    /// <summary>The workspace was set up and its owner made.</summary>
    WorkspaceCreated = 100,

    /// <summary>Name, language or time zone of the workspace was changed.</summary>
    WorkspaceChanged = 101,

    /// <summary>Ask before sending was turned on.</summary>
    AskBeforeSendingOn = 102,

    /// <summary>Ask before sending was turned off.</summary>
    AskBeforeSendingOff = 103,

    /// <summary>A person signed in.</summary>
    SignedIn = 200,

    /// <summary>A person signed out.</summary>
    SignedOut = 201,

    /// <summary>A sign-in was refused.</summary>
    SignInRefused = 202,

    /// <summary>A person's password was changed.</summary>
    PasswordChanged = 203,

    /// <summary>A link to reset a password was made on the console.</summary>
    PasswordResetLinkMade = 204,

    /// <summary>All sessions of a person were ended.</summary>
    SessionsEnded = 205,

    /// <summary>A person changed their profile.</summary>
    ProfileChanged = 206,

    /// <summary>A teammate was hired.</summary>
    TeammateHired = 300,

    /// <summary>A teammate's name, role or instructions were changed.</summary>
    TeammateChanged = 301,

    /// <summary>A teammate was paused.</summary>
    TeammatePaused = 302,

    /// <summary>A paused teammate was resumed.</summary>
    TeammateResumed = 303,

    /// <summary>A teammate was removed.</summary>
    TeammateRemoved = 304,

    /// <summary>A key was generated.</summary>
    TokenCreated = 400,

    /// <summary>A key was renamed.</summary>
    TokenRenamed = 401,

    /// <summary>A key was revoked.</summary>
    TokenRevoked = 402,

    /// <summary>A key was used for the first time.</summary>
    TokenFirstUsed = 403,

    /// <summary>Calls with a known key's id were refused; counted per minute.</summary>
    TokenRefused = 404,

    /// <summary>Something that would leave the workspace was approved.</summary>
    ApprovalApproved = 500,

    /// <summary>Something that would leave the workspace was declined.</summary>
    ApprovalDeclined = 501,

    /// <summary>Something that would leave the workspace was edited.</summary>
    ApprovalEdited = 502,

    /// <summary>Something approved was sent.</summary>
    ApprovalSent = 503,

    /// <summary>Something approved was written into the practice outbox.</summary>
    ApprovalSaved = 504,

    /// <summary>Something approved could not be sent.</summary>
    ApprovalFailed = 505,

    /// <summary>Nobody knows whether something approved was sent.</summary>
    ApprovalUncertain = 506,

    /// <summary>A person had something sent again.</summary>
    ApprovalSentAgain = 507,

    /// <summary>A person said that something arrived.</summary>
    ApprovalArrived = 508,

    /// <summary>A person put aside something that could not be sent.</summary>
    ApprovalSetAside = 509,

    /// <summary>Nobody decided in time.</summary>
    ApprovalExpired = 510,

    /// <summary>The workspace's mail server was connected or changed.</summary>
    EmailConnected = 600,

    /// <summary>The workspace's mail server was disconnected.</summary>
    EmailDisconnected = 601,

    /// <summary>A test e-mail was sent.</summary>
    EmailTested = 602,

    /// <summary>An endpoint that is told of events was added.</summary>
    WebhookAdded = 700,

    /// <summary>An endpoint's address, events or note were changed.</summary>
    WebhookChanged = 701,

    /// <summary>An endpoint was paused.</summary>
    WebhookPaused = 702,

    /// <summary>An endpoint that was paused or switched off was resumed.</summary>
    WebhookResumed = 703,

    /// <summary>An endpoint was removed.</summary>
    WebhookRemoved = 704,

    /// <summary>An endpoint's secret was replaced.</summary>
    WebhookSecretReplaced = 705,

    /// <summary>The Portal switched an endpoint off.</summary>
    WebhookDisabled = 706,

    /// <summary>A person sent a test event to an endpoint.</summary>
    WebhookTested = 707,

    /// <summary>A person had events sent to an endpoint once more.</summary>
    WebhookResent = 708,

    /// <summary>An incoming hook was made.</summary>
    IncomingHookCreated = 750,

    /// <summary>An incoming hook's name or template was changed.</summary>
    IncomingHookChanged = 751,

    /// <summary>An incoming hook was paused.</summary>
    IncomingHookPaused = 752,

    /// <summary>A paused incoming hook was resumed.</summary>
    IncomingHookResumed = 753,

    /// <summary>The secret of an incoming hook was replaced.</summary>
    IncomingHookSecretReplaced = 754,

    /// <summary>An incoming hook was removed.</summary>
    IncomingHookRemoved = 755,

    /// <summary>A person renamed a conversation with a teammate.</summary>
    ConversationRenamed = 1000,

    /// <summary>A person removed a conversation with a teammate.</summary>
    ConversationRemoved = 1001,
}
