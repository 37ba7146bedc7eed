// ZipkinHarvest: the traces of several answers, each trace and each span of it once.
import Events

/// Told apart by each span's own trace id: a store may put two ids that share their lower half into
/// one array, or one trace into two answers.
struct ZipkinHarvest {
    /// The spans by their id, of each trace by its id.
    private(set) var traces: [String: [UInt64: SpanRecord]] = [:]
    /// From the first span's start to the last one's end.
    private(set) var longest = Duration.zero
    /// What the answers weighed.
    private(set) var bytes = 0
    /// Where an answer was too long, one with a single trace was not.
    var isModest = false

    /// Adds one answer; a trace that came before is replaced, as it may have grown.
    mutating func add(_ answer: [[ZipkinSpan]], bytes: Int) {
        self.bytes += bytes
        var found: [String: [UInt64: SpanRecord]] = [:]
        for trace in answer {
            note(trace)
            for span in trace {
                guard let record = span.record else { continue }
                let known = found[span.traceId]?[record.id]
                found[span.traceId, default: [:]][record.id] = known?.joined(record) ?? record
            }
        }
        traces.merge(found) { $1 }
    }

    private mutating func note(_ trace: [ZipkinSpan]) {
        let timed = trace.filter { $0.timestamp > 0 }
        guard let begin = timed.map(\.timestamp).min(), let end = timed.map(\.end).max()
        else { return }
        longest = max(longest, .microseconds(end &- begin))
    }
}

extension SpanRecord {
    /// One span that was reported twice, the second time with what was missing.
    fileprivate func joined(_ other: SpanRecord) -> SpanRecord {
        var span = self
        span.isError = isError || other.isError
        span.saga = other.saga?.error == nil ? saga ?? other.saga : other.saga
        guard let length = other.durationMicroseconds else { return span }
        span.durationMicroseconds = max(length, durationMicroseconds ?? 0)
        return span
    }
}
