// Operation: the spans of one operation, in slices of half a minute.
package import Events

/// What is measured: an operation of a service, on one side of the call.
package struct OperationKey: Hashable, Sendable, Comparable {
    package var service: String
    package var operation: String
    package var kind: SpanKind

    package init(service: String, operation: String, kind: SpanKind) {
        (self.service, self.operation, self.kind) = (service, operation, kind)
    }

    package static func < (one: Self, other: Self) -> Bool {
        (one.service, one.operation, one.kind.rawValue)
            < (other.service, other.operation, other.kind.rawValue)
    }
}

/// Half a minute of one operation's spans.
struct Slice: Sendable, Equatable {
    static let length: Int64 = 30_000

    struct Span: Sendable, Equatable {
        var id: UInt64
        /// Milliseconds since the epoch.
        var start: Int64
        /// Microseconds; negative where it has none.
        var duration: Int64
        var isError: Bool
    }

    /// `start / length` of its spans.
    let number: Int64
    private(set) var spans: [Span] = []
    private(set) var histogram = DurationHistogram()
    private(set) var errors = 0

    init(number: Int64) {
        self.number = number
    }

    mutating func add(_ span: Span) {
        spans.append(span)
        if span.duration >= 0 { histogram.add(span.duration) }
        if span.isError { errors += 1 }
    }

    mutating func remove(_ ids: Set<UInt64>) {
        guard spans.contains(where: { ids.contains($0.id) }) else { return }
        for span in spans where ids.contains(span.id) {
            if span.duration >= 0 { histogram.remove(span.duration) }
            if span.isError { errors -= 1 }
        }
        spans.removeAll { ids.contains($0.id) }
    }
}

/// One operation's spans; copies share the slices that did not change.
struct Operation: Sendable, Equatable {
    /// By number, ascending; only those that have spans.
    private(set) var slices: [Slice] = []

    mutating func add(_ record: SpanRecord) {
        let start = record.start.milliseconds
        let number = start / Slice.length
        var index = slices.count
        while index > 0, slices[index - 1].number > number { index -= 1 }
        if index == 0 || slices[index - 1].number != number {
            slices.insert(Slice(number: number), at: index)
            index += 1
        }
        slices[index - 1].add(
            Slice.Span(
                id: record.id, start: start, duration: record.durationMicroseconds ?? -1,
                isError: record.isError))
    }

    mutating func remove(_ ids: Set<UInt64>) {
        for index in slices.indices { slices[index].remove(ids) }
        slices.removeAll(where: \.spans.isEmpty)
    }

    mutating func forget(before number: Int64) {
        guard let first = slices.first, first.number < number else { return }
        slices.removeAll { $0.number < number }
    }

    /// Calls `body` with each span that began at `begin` or later.
    func forEachSpan(since begin: Int64, _ body: (Slice.Span) -> Void) {
        for slice in slices.reversed() {
            if (slice.number + 1) * Slice.length <= begin { return }
            for span in slice.spans where span.start >= begin { body(span) }
        }
    }
}
