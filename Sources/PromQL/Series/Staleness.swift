// Staleness: the marker that ends a series before its lookback does.

extension Double {
    /// The value that says "this series has no value any more": one certain NaN.
    ///
    /// Source: <https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness>
    package static let stale = Double(bitPattern: 0x7ff0_0000_0000_0002)

    /// Whether this is the staleness marker; any other NaN is a value.
    package var isStale: Bool { bitPattern == Self.stale.bitPattern }
}
