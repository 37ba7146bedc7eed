// Bounded: what is waited for, but not for ever.

/// Returns when `body` is done, or after `limit`; `body` is cancelled then, and left alone.
func wait(
    atMost limit: Duration, for body: @escaping @Sendable () async -> Void
) async {
    let (ends, end) = AsyncStream<Void>.makeStream()
    let work = Task.detached {
        await body()
        end.yield()
    }
    let limit = Task.detached {
        try? await Task.sleep(for: limit)
        end.yield()
    }
    for await _ in ends { break }
    work.cancel()
    limit.cancel()
}
