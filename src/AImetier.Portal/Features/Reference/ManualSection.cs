namespace AImetier.Portal.Features.Reference;

/// <summary>A part of a topic under a heading of its own.</summary>
/// <param name="Anchor">Where it is on the page; empty before the first heading.</param>
/// <param name="Title">Its heading; empty before the first.</param>
/// <param name="Level">2 or 3; 1 before the first heading.</param>
/// <param name="Text">What it says, code included, without markup.</param>
public sealed record ManualSection(string Anchor, string Title, int Level, string Text);
