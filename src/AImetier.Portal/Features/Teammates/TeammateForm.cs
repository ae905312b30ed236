namespace AImetier.Portal.Features.Teammates;

/// <summary>The fields of hiring and changing, and nothing else: other fields of a request are not bound.</summary>
/// <param name="Name">Name as typed.</param>
/// <param name="Role">Role as typed.</param>
/// <param name="Instructions">Instructions as typed.</param>
public sealed record TeammateForm(string? Name, string? Role, string? Instructions);
