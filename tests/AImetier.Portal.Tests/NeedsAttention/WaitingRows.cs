using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>Fills a database with waiting approvals faster than asking for each would.</summary>
internal static class WaitingRows
{
    /// <summary>Copies an approval under ids of their own, each asked for a moment after the one before.</summary>
    public static Task<int> CopyAsync(PortalDbContext db, string approvalId, int count) => db.Database.ExecuteSqlAsync(
        $"""
        WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < {count})
        INSERT INTO "Approvals" ("Id", "WorkspaceId", "TeammateId", "ConversationId", "MessageId", "VisibleToKeys", "Kind", "State", "Content", "ContentHash", "Edited",
            "RequestedByKind", "RequestedById", "RequestedByName", "RequestedAt", "ExpiresAt", "DecidedBySetting", "Metadata")
        SELECT "Id" || "i", "WorkspaceId", "TeammateId", "ConversationId", "MessageId", "VisibleToKeys", "Kind", "State", "Content", "ContentHash", "Edited",
            "RequestedByKind", "RequestedById", "RequestedByName", "RequestedAt" + "i", "ExpiresAt" + "i", "DecidedBySetting", "Metadata"
        FROM "Approvals", "n" WHERE "Approvals"."Id" = {approvalId}
        """);
}
