using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace AImetier.Portal.Features.Shared;

/// <summary>Finds a controller's views in its own feature folder, then in Shared.</summary>
public sealed class FeatureViews : IViewLocationExpander, IControllerModelConvention
{
    private const string Key = "feature";

    /// <inheritdoc/>
    public void Apply(ControllerModel controller)
    {
        var parts = controller.ControllerType.Namespace!.Split('.');
        controller.Properties[Key] = parts[Array.IndexOf(parts, "Features") + 1];
    }

    /// <inheritdoc/>
    public void PopulateValues(ViewLocationExpanderContext context) =>
        context.Values[Key] = FeatureOf(context);

    /// <inheritdoc/>
    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        [$"/Features/{context.Values[Key]}/{{0}}.cshtml", "/Features/Shared/{0}.cshtml"];

    private static string FeatureOf(ViewLocationExpanderContext context) =>
        (context.ActionContext.ActionDescriptor as ControllerActionDescriptor)?.Properties.TryGetValue(Key, out var feature) == true
            ? (string)feature!
            : "Shared";
}
