namespace AImetier.Portal.Features.ChatModels;

/// <summary>Recognizes by its verbs what kind of work a request is, and by its words what kind of role a teammate has.</summary>
internal static class PracticeTask
{
    // The first verb of a request decides; the keys are endings of keys in the resources.
    private static readonly Dictionary<string, string> Verbs = Table(
        ("draft", "draft write compose rédige rédigez rédiger écris écrivez écrire ecris ecrivez"),
        ("reply", "reply answer respond réponds répondez répondre reponds repondez"),
        ("summarize", "summarize summarise shorten recap résume résumez résumer resume resumez"),
        ("translate", "translate traduis traduisez traduire"),
        ("plan", "plan schedule organize organise prepare planifie planifiez planifier organisez organiser prépare préparez préparer"),
        ("check", "check review correct proofread verify vérifie vérifiez vérifier corrige corrigez corriger relis relisez relire"),
        ("list", "list find collect gather compare sort liste listez lister trouve trouvez trouver cherche cherchez chercher rassemble trie triez"));

    private static readonly Dictionary<string, string> Roles = Table(
        ("marketing", "marketing communication communications advertising publicité social newsletter"),
        ("bookkeeping", "bookkeeping bookkeeper accounting accountant finance invoices comptabilité comptable facturation factures"),
        ("care", "customer customers care support service client clients clientèle accueil"));

    /// <summary>Kind of work, <c>other</c> when no verb is known.</summary>
    /// <param name="request">What was asked.</param>
    public static string Of(string request) => Find(Verbs, request);

    /// <summary>Kind of role, <c>other</c> when no word is known.</summary>
    /// <param name="role">The teammate's role.</param>
    public static string OfRole(string role) => Find(Roles, role);

    private static string Find(Dictionary<string, string> table, string text) =>
        PracticeWords.Of(text).Select(word => table.GetValueOrDefault(word)).FirstOrDefault(kind => kind is not null) ?? "other";

    private static Dictionary<string, string> Table(params (string Kind, string Words)[] rows)
    {
        var table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, words) in rows)
        {
            foreach (var word in words.Split(' '))
                table.Add(word, kind);
        }

        return table;
    }
}
