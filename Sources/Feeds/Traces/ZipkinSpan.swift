// ZipkinSpan: a span on Zipkin's wire, and what we keep of it.
import Events

/// The fields that are read of a span in Zipkin's v2 JSON; all but the ids may be absent or null.
///
/// Source: <https://zipkin.io/zipkin-api/> (Span). Times are microseconds.
struct ZipkinSpan {
    var traceId = ""
    var id = ""
    var kind = ""
    var name = ""
    var service = ""
    /// 0 where it is not known.
    var timestamp: Int64 = 0
    var duration: Int64 = 0
    var isShared = false
    var tags = Tags()

    /// Of the tags only those that we read.
    struct Tags {
        /// A tag `error` is an error whatever its value: the value may be empty, or `false`.
        var isError = false
        var error = ""
        var saga = ""
        var step: String?
        var action: String?
    }
}

extension ZipkinSpan {
    /// Nil where the span has no timestamp: a search never finds those, so they cannot be counted.
    var record: SpanRecord? {
        guard timestamp > 0 else { return nil }
        return SpanRecord(
            id: identity, service: service, operation: name, kind: spanKind,
            start: Instant(milliseconds: timestamp / 1000),
            durationMicroseconds: duration > 0 ? duration : nil, isError: tags.isError, saga: mark)
    }

    /// When it ended, in microseconds.
    var end: Int64 { timestamp &+ max(0, duration) }

    private var spanKind: SpanKind {
        switch kind {
        case "SERVER": .server
        case "CLIENT": .client
        case "PRODUCER": .producer
        case "CONSUMER": .consumer
        default: .local
        }
    }

    /// Both halves of a call may share their span id, and two different spans may have one by mistake.
    private var identity: UInt64 {
        let own = [isShared ? "shared" : "", String(timestamp)]
        return FNV.hash(words: [traceId, id, service, name, kind] + own)
    }

    /// A span that only names its saga is a step under its own name.
    private var mark: SagaMark? {
        guard !tags.saga.isEmpty else { return nil }
        return SagaMark(
            saga: SagaID.short(tags.saga), step: tags.step ?? name,
            action: tags.action?.lowercased() == "undo" ? .undo : .do,
            error: tags.isError ? SecretShape.withoutPasswords(tags.error) : nil)
    }
}
