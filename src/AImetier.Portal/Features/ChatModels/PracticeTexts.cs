using System.Globalization;
using System.Resources;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>The sentences of the practice model. They follow the language of the request, not that of the reader.</summary>
internal static class PracticeTexts
{
    private static readonly ResourceManager Texts = new(typeof(PracticeTexts).Namespace + ".PracticeText", typeof(PracticeTexts).Assembly);

    /// <summary>A sentence.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="key">Its key.</param>
    /// <param name="values">What its places hold.</param>
    public static string Say(CultureInfo language, string key, params object[] values) => string.Format(language, Find(language, key)!, values);

    /// <summary>A sentence without places, or null when there is none.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="key">Its key, perhaps from outside.</param>
    public static string? Find(CultureInfo language, string key) => Texts.GetString(key, language);
}
