namespace AImetier.Portal.Features.Mcp;

/// <summary>How one MCP client is told of a teammate.</summary>
/// <param name="Id">Short name of the client for markup, for example <c>claude-code</c>.</param>
/// <param name="Name">Name of the client.</param>
/// <param name="Place">File or command line that the text is for.</param>
/// <param name="Text">The text, ready to be pasted. The key is a variable of the environment, never the secret.</param>
public sealed record ClientSetup(string Id, string Name, string Place, string Text);
