// StoreLimits: how much a store may hold, and what it had to refuse.
package import Events

/// How long samples are kept, and how many.
package struct StoreLimits: Hashable, Sendable {
    package var retention: Duration
    /// Above this the oldest samples go before their time.
    package var bytes: Int
    package var series: Int

    package init(
        retention: Duration = .seconds(3 * 3600), bytes: Int = 256 << 20, series: Int = 500_000
    ) {
        self.retention = retention
        self.bytes = bytes
        self.series = series
    }
}

/// What a store holds, and what it could not take: shown, never silent.
package struct StoreAccount: Hashable, Sendable {
    package var series = 0
    /// About what series, samples and their index take.
    package var bytes = 0
    /// Samples older than what was known of their series, or beyond any calendar.
    package var outOfOrder = 0
    /// Samples whose value was replaced by a second one for the same moment.
    package var replaced = 0
    /// Samples of series that were one too many.
    package var withoutSeries = 0
    /// Samples that came while the store was full.
    package var withoutRoom = 0
    /// Since when samples are kept, where the limit on bytes was met before the retention; until
    /// the retention has come to that moment.
    package var shortenedTo: Instant?
}
