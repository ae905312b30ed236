namespace AImetier.Portal.Features.ChatModels;

/// <summary>The body of a model's answer, read within <see cref="ModelLimits"/>: neither silence, nor an endless event, nor an endless answer goes on.</summary>
/// <param name="inner">The body as it comes from the network.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelStream(Stream inner, TimeProvider time) : Stream
{
    private long _answer;
    private int _event;
    private int _line;
    private byte _previous;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(ModelLimits.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailedException(ModelFailureKind.Timeout, e);
        }

        _answer += read;
        Measure(buffer.Span[..read]);
        if (_answer > ModelLimits.Answer || _event > ModelLimits.Event)
            throw new ModelFailedException(ModelFailureKind.Failed, new InvalidDataException("The model's answer is too long."));
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    // An event ends with an empty line; lines end with CR, LF or both.
    private void Measure(ReadOnlySpan<byte> bytes)
    {
        foreach (var current in bytes)
        {
            if (current is not ((byte)'\n' or (byte)'\r'))
            {
                _line++;
                _event++;
            }
            else if (current != '\n' || _previous != '\r')
            {
                _event = _line == 0 ? 0 : _event;
                _line = 0;
            }

            _previous = current;
        }
    }
}
