namespace AImetier.Portal.Features.Activity;

/// <summary>Every act that the activity log knows. The text of each is in the resources of Settings.</summary>
public enum ActivityAction
{
    /// <summary>The workspace was set up and its owner made.</summary>
    WorkspaceCreated = 100,

    /// <summary>Name, language or time zone of the workspace was changed.</summary>
    WorkspaceChanged = 101,

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
}
