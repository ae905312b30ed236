using System.Text;
using AImetier.Portal.Features.ChatModels;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ChatModels;

/// <summary>How much of an endless answer is read before it is given up, to the byte, which no server can see.</summary>
public sealed class ModelStreamTests
{
    private const int Buffer = 4096;

    [Theory]
    [InlineData("x", ModelLimits.Event)]
    [InlineData("data: xxxxxxxxxx\n", ModelLimits.Event)]
    [InlineData("data: xxxxxxxxxx\r\n", ModelLimits.Event)]
    [InlineData("data: xxxxxxxxxx\n\n", ModelLimits.Answer)]
    [InlineData("data: xxxxxxxxxx\r\n\r\n", ModelLimits.Answer)]
    [InlineData("data: xxxxxxxxxx\r\r", ModelLimits.Answer)]
    [InlineData("\n", ModelLimits.Answer)]
    public async Task An_endless_answer_is_read_up_to_its_limit_and_no_further(string unit, long limit)
    {
        await using var stream = new ModelStream(new Endless(unit), TimeProvider.System);
        var buffer = new byte[Buffer];
        var read = 0L;
        var failure = await Should.ThrowAsync<ModelFailedException>(async () =>
        {
            while (true)
                read += await stream.ReadAsync(buffer);
        });
        failure.Kind.ShouldBe(ModelFailureKind.Failed);

        // Line ends do not count toward an event.
        read.ShouldBeInRange(limit - Buffer, (limit + (limit / 4)) + Buffer);
    }

    private sealed class Endless(string unit) : MemoryStream
    {
        private readonly byte[] _unit = Encoding.ASCII.GetBytes(unit);
        private long _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < buffer.Length; i++)
                buffer.Span[i] = _unit[_at++ % _unit.Length];
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
