// TraceQuery: what is searched for, and which traces it finds.
import FoundationEssentials
import Network

/// The query of `/api/v2/traces`; times in milliseconds, durations in microseconds.
struct TraceQuery: Sendable {
    var service: String?
    var spanName: String?
    var remoteService: String?
    /// Tags that must have a value, or "" for any; or the text of an annotation.
    var annotations: [String: String] = [:]
    var minDuration: Int64?
    var maxDuration: Int64?
    var endTs: Int64
    var lookback: Int64
    var limit: Int

    /// The last day where nothing else is asked, ten traces.
    init(_ request: HTTPServer.Request, now: Int64) throws(ZipkinRefusal) {
        func name(_ name: String) -> String? {
            request.query(name).flatMap { $0.isEmpty ? nil : $0.lowercased() }
        }
        service = name("serviceName")
        remoteService = name("remoteServiceName")
        spanName = name("spanName").flatMap { $0 == "all" ? nil : $0 }
        annotations = Self.annotations(request.query("annotationQuery") ?? "")
        endTs = try Self.positive("endTs", request) ?? now
        lookback = min(endTs, try Self.positive("lookback", request) ?? 86_400_000)
        minDuration = try Self.positive("minDuration", request)
        maxDuration = try Self.positive("maxDuration", request)
        limit = Int(try Self.positive("limit", request, max: Int64(Int32.max)) ?? 10)
        guard let maxDuration else { return }
        guard let minDuration else {
            throw ZipkinRefusal(text: "maxDuration is only valid with minDuration")
        }
        guard maxDuration >= minDuration else {
            throw ZipkinRefusal(text: "maxDuration < minDuration")
        }
    }

    /// `endTs` is wanted here, and everything in the window is found.
    init(dependencies request: HTTPServer.Request) throws(ZipkinRefusal) {
        guard request.asks("endTs") else {
            throw ZipkinRefusal(text: "Mandatory parameter/header/attribute is missing: endTs")
        }
        self = try TraceQuery(
            HTTPServer.Request("GET", "/"), now: Self.positive("endTs", request) ?? 0)
        lookback = min(endTs, try Self.positive("lookback", request) ?? 86_400_000)
        limit = .max
    }

    /// Reads `error and http.path=/x`.
    private static func annotations(_ text: String) -> [String: String] {
        var annotations: [String: String] = [:]
        for part in text.split(separator: " and ") {
            let sides = part.split(separator: "=", maxSplits: 1)
            annotations[String(sides[0])] = sides.count > 1 ? String(sides[1]) : ""
        }
        return annotations
    }

    private static func positive(
        _ name: String, _ request: HTTPServer.Request, max: Int64 = .max
    ) throws(ZipkinRefusal) -> Int64? {
        guard let text = request.query(name), !text.isEmpty else { return nil }
        guard let number = Int64(text), number <= max else {
            throw ZipkinRefusal(text: "For input string: \"\(text)\"")
        }
        guard number > 0 else { throw ZipkinRefusal(text: "\(name) <= 0") }
        return number
    }
}

extension TraceQuery {
    /// The window is held against the trace's time alone.
    func covers(_ trace: StoredTrace) -> Bool {
        trace.timestamp > 0 && trace.timestamp >= (endTs - lookback) * 1000
            && trace.timestamp <= endTs &* 1000
    }

    /// Each condition may be met by another span, but all by spans of the service.
    func matches(_ trace: StoredTrace) -> Bool {
        let own = trace.spans.filter { service == nil || $0.service == service }
        return !own.isEmpty
            && (spanName == nil || own.contains { $0.name == spanName })
            && (remoteService == nil || own.contains { $0.remoteService == remoteService })
            && (minDuration == nil || own.contains { lasts($0) })
            && annotations.allSatisfy { says($0.key, $0.value, own) }
    }

    private func lasts(_ span: StoredSpan) -> Bool {
        span.duration >= minDuration ?? 0 && span.duration <= maxDuration ?? .max
    }

    private func says(_ key: String, _ value: String, _ spans: [StoredSpan]) -> Bool {
        if key == "error", value.isEmpty { return spans.contains(where: \.isError) }
        return spans.contains { stored in
            guard let span = try? JSONDecoder().decode(ZipkinSpan.self, from: Data(stored.json))
            else { return false }
            if let tag = span.tags?[key] { return value.isEmpty || tag == value }
            return value.isEmpty && span.annotations?.contains { $0.value == key } == true
        }
    }
}
