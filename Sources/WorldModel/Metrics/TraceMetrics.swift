// TraceMetrics: what counters and histograms of spans have come to since we watch.
import Events

/// An operation's spans since we watch; it only grows, as a counter must.
struct OperationTotals: Sendable, Equatable {
    /// The upper bounds of the buckets, in milliseconds: those of most Prometheus libraries.
    static let bounds: [Int64] = [
        1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000,
    ]
    /// As `le` writes them, in seconds.
    static let boundTexts = [
        "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10",
        "30",
    ]

    /// Spans that are no longer than each bound.
    private var buckets = [Int](repeating: 0, count: bounds.count)
    /// Spans with a duration.
    private var measured = 0
    private var seconds = 0.0
    private var errors = 0

    mutating func add(_ span: SpanRecord) {
        if span.isError { errors += 1 }
        guard let duration = span.durationMicroseconds else { return }
        measured += 1
        seconds += Double(duration) / 1_000_000
        for (index, bound) in Self.bounds.enumerated() where duration <= bound * 1000 {
            buckets[index] += 1
        }
    }

    func samples(of operation: String, service: String) -> [MetricSample] {
        let labels: KeyValuePairs = ["service": service, "operation": operation]
        func bucket(_ bound: String, _ count: Int) -> MetricSample {
            MetricSample(
                "trace_duration_seconds_bucket",
                ["service": service, "operation": operation, "le": bound], Double(count))
        }
        return zip(Self.boundTexts, buckets).map(bucket) + [
            bucket("+Inf", measured),
            MetricSample("trace_duration_seconds_sum", labels, seconds),
            MetricSample("trace_duration_seconds_count", labels, Double(measured)),
            MetricSample("trace_errors_total", labels, Double(errors)),
        ]
    }
}

extension SpanKind {
    /// A caller's view of another service is not counted: the service's own spans are.
    var isOwnWork: Bool {
        switch self {
        case .server, .consumer, .local: true
        case .client, .producer: false
        }
    }
}
