// ZipkinSpan: a span on Zipkin's wire, and what we keep of it.
import Events

/// The fields that are read of a span in Zipkin's v2 JSON; all but the ids may be absent or null.
///
/// Source: <https://zipkin.io/zipkin-api/> (Span). Times are microseconds.
struct ZipkinSpan: Decodable {
    var traceId: String
    var id: String
    var kind: String?
    var name: String?
    var timestamp: Int64?
    var duration: Int64?
    var shared: Bool?
    var localEndpoint: Endpoint?
    var tags: Tags?

    struct Endpoint: Decodable {
        var serviceName: String?
    }

    /// Of the tags only those that we read.
    struct Tags: Decodable {
        /// A tag `error` is an error whatever its value: the value may be empty, or `false`.
        var isError: Bool
        var error: String?
        var saga: String?
        var step: String?
        var action: String?

        private enum CodingKeys: String, CodingKey {
            case error
            case saga = "saga.id"
            case step = "saga.step"
            case action = "saga.action"
            case header = "Long-Running-Action"
            case lowerHeader = "long-running-action"
        }

        init(from decoder: any Decoder) throws {
            let tags = try decoder.container(keyedBy: CodingKeys.self)
            isError = tags.contains(.error)
            error = try tags.decodeIfPresent(String.self, forKey: .error)
            step = try tags.decodeIfPresent(String.self, forKey: .step)
            action = try tags.decodeIfPresent(String.self, forKey: .action)
            saga =
                try tags.decodeIfPresent(String.self, forKey: .saga)
                ?? tags.decodeIfPresent(String.self, forKey: .header)
                ?? tags.decodeIfPresent(String.self, forKey: .lowerHeader)
        }
    }
}

extension ZipkinSpan {
    /// Nil where the span has no timestamp: a search never finds those, so they cannot be counted.
    var record: SpanRecord? {
        guard let timestamp, timestamp > 0 else { return nil }
        return SpanRecord(
            id: identity(timestamp), service: localEndpoint?.serviceName ?? "",
            operation: name ?? "", kind: spanKind,
            start: Instant(milliseconds: timestamp / 1000),
            durationMicroseconds: duration.flatMap { $0 > 0 ? $0 : nil },
            isError: tags?.isError ?? false, saga: mark)
    }

    /// When it ended, in microseconds.
    var end: Int64 { (timestamp ?? 0) &+ max(0, duration ?? 0) }

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
    private func identity(_ timestamp: Int64) -> UInt64 {
        var bytes: [UInt8] = []
        let names = [localEndpoint?.serviceName ?? "", name ?? "", kind ?? ""]
        for part in [traceId, id] + names + [shared == true ? "shared" : "", String(timestamp)] {
            bytes.append(contentsOf: part.utf8)
            // No byte of UTF-8: so `ab` and `c` differ from `a` and `bc`.
            bytes.append(0xFF)
        }
        return FNV.hash(bytes)
    }

    /// A span that only names its saga is a step under its own name.
    private var mark: SagaMark? {
        guard let tags, let saga = tags.saga, !saga.isEmpty else { return nil }
        return SagaMark(
            saga: SagaID.short(saga), step: tags.step ?? name ?? "",
            action: tags.action?.lowercased() == "undo" ? .undo : .do,
            error: tags.isError ? SecretShape.withoutPasswords(tags.error ?? "") : nil)
    }
}
