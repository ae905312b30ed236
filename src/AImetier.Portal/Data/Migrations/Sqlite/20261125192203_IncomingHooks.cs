using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AImetier.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IncomingHooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "IncomingHooks",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<string>(type: "TEXT", nullable: false),
                    TeammateId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    Template = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Proof = table.Column<int>(type: "INTEGER", nullable: false),
                    ProtectedSecret = table.Column<string>(type: "TEXT", nullable: true),
                    FormNonce = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedById = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedByName = table.Column<string>(type: "TEXT", nullable: false),
                    PausedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncomingHooks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IncomingHooks_Teammates_TeammateId",
                        column: x => x.TeammateId,
                        principalTable: "Teammates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HookRefusals",
                columns: table => new
                {
                    HookId = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<string>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookRefusals", x => new { x.HookId, x.Reason });
                    table.ForeignKey(
                        name: "FK_HookRefusals_IncomingHooks_HookId",
                        column: x => x.HookId,
                        principalTable: "IncomingHooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_OfHooks",
                table: "Messages",
                columns: new[] { "RequestedById", "CreatedAt" },
                filter: "\"RequestedByKind\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_IncomingHooks_FormNonce",
                table: "IncomingHooks",
                column: "FormNonce",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IncomingHooks_TeammateId_CreatedAt",
                table: "IncomingHooks",
                columns: new[] { "TeammateId", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HookRefusals");

            migrationBuilder.DropTable(
                name: "IncomingHooks");

            migrationBuilder.DropIndex(
                name: "IX_Messages_OfHooks",
                table: "Messages");
        }
    }
}
