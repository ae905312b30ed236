using AImetier.Portal.Data;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Connectors;

/// <summary>The folder <c>outbox</c> of the data directory: approved mail as <c>.eml</c> files, one per approval. Nothing in it was sent.</summary>
/// <param name="directory">The data directory.</param>
/// <param name="options">Whether it is on.</param>
/// <param name="environment">Development turns it on by itself.</param>
/// <param name="logger">The log.</param>
public sealed partial class PracticeOutbox(
    DataDirectory directory, IOptions<ConnectorOptions> options, IHostEnvironment environment, ILogger<PracticeOutbox> logger)
{
    private const string Name = "outbox";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether it takes mail.</summary>
    public bool IsOn => options.Value.PracticeOutbox ?? environment.IsDevelopment();

    /// <summary>Absolute path of the folder; it is made with the first e-mail.</summary>
    public string Folder => directory.PathOf(Name);

    /// <summary>Writes an e-mail; a repeat writes the same file.</summary>
    /// <param name="approvalId">Names the file.</param>
    /// <param name="message">The e-mail.</param>
    /// <param name="cancellationToken">Stops before the file is there.</param>
    public async Task<SendOutcome> SaveAsync(string approvalId, MimeKit.MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var file = Path.Combine(directory.Folder(Name), approvalId + ".eml");
            var draft = file + ".part";
            var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                create.UnixCreateMode = OwnerOnly;
            await using (var stream = new FileStream(draft, create))
            {
                await message.WriteToAsync(stream, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
            return new SendOutcome.Saved();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            LogNotWritten(approvalId, e.GetType().Name);
            return new SendOutcome.Failed(SendFailure.OutboxNotWritable, null);
        }
    }

    [LoggerMessage(EventName = "outbox.not_written", Level = LogLevel.Error, Message = "{ApprovalId} could not be written into the practice outbox ({Failure})")]
    private partial void LogNotWritten(string approvalId, string failure);
}
