// ZipkinMemory: the spans that were told, so that each read tells only what differs.
import Events

struct ZipkinMemory: Sendable {
    /// A span that claims to begin later than this has a clock that nobody can use.
    private static let future = Duration.seconds(3600)

    private var traces: [String: [UInt64: SpanRecord]] = [:]

    /// The spans that began since `horizon`.
    func count(since horizon: Instant) -> Int {
        traces.values.reduce(0) { sum, spans in
            sum + spans.values.count { $0.start >= horizon }
        }
    }

    var isEmpty: Bool { traces.isEmpty }

    /// Compares whole traces with what was told of them.
    ///
    /// - Returns: spans that are new or changed, in order of their start; `replaced` are the ids of
    ///   changed ones and of those that their trace no longer has.
    mutating func take(
        _ harvest: ZipkinHarvest, since horizon: Instant, at now: Instant
    ) -> (observed: [SpanRecord], replaced: [UInt64]) {
        var (observed, replaced): ([SpanRecord], [UInt64]) = ([], [])
        let latest = now + Self.future
        for (trace, spans) in harvest.traces {
            var told = traces[trace] ?? [:]
            for id in told.keys where spans[id] == nil {
                told[id] = nil
                replaced.append(id)
            }
            for (id, span) in spans where span.start >= horizon && span.start <= latest {
                let old = told.updateValue(span, forKey: id)
                guard old != span else { continue }
                if old != nil { replaced.append(id) }
                observed.append(span)
            }
            traces[trace] = told.isEmpty ? nil : told
        }
        observed.sort { $0.start == $1.start ? $0.id < $1.id : $0.start < $1.start }
        return (observed, replaced.sorted())
    }

    /// Drops what began before `horizon`.
    mutating func forget(before horizon: Instant) {
        for (trace, spans) in traces where spans.values.contains(where: { $0.start < horizon }) {
            let kept = spans.filter { $0.value.start >= horizon }
            traces[trace] = kept.isEmpty ? nil : kept
        }
    }
}
