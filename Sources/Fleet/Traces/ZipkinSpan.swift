// ZipkinSpan: one span on Zipkin's wire, as it is sent and as it is kept.
import FoundationEssentials

/// What Zipkin refuses, in its words.
struct ZipkinRefusal: Error, Hashable {
    var status = 400
    var text: String
}

/// A span of the v2 format; everything but its ids may be missing.
struct ZipkinSpan: Decodable, Sendable {
    enum Kind: String, Decodable, Sendable {
        case client = "CLIENT"
        case server = "SERVER"
        case producer = "PRODUCER"
        case consumer = "CONSUMER"
    }

    struct Endpoint: Decodable, Sendable {
        var serviceName: String?
        var ipv4: String?
        var ipv6: String?
        var port: Int?
    }

    struct Annotation: Decodable, Sendable {
        var timestamp: Int64
        var value: String
    }

    var traceId: String
    var id: String
    var parentId: String?
    var kind: Kind?
    var name: String?
    var timestamp: Int64?
    var duration: Int64?
    var localEndpoint: Endpoint?
    var remoteEndpoint: Endpoint?
    var annotations: [Annotation]?
    var tags: [String: String]?
    var debug: Bool?
    var shared: Bool?

    var service: String? { localEndpoint?.serviceName }
    var remoteService: String? { remoteEndpoint?.serviceName }
    var isError: Bool { tags?["error"] != nil }
}

extension ZipkinSpan {
    /// A list of spans as it was posted; an empty body is an empty list.
    static func list(_ body: [UInt8]) throws(ZipkinRefusal) -> [ZipkinSpan] {
        guard !body.isEmpty else { return [] }
        guard body.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "[") else {
            throw ZipkinRefusal(text: "Expected a JSON_V2 encoded list\n")
        }
        let read: [ZipkinSpan]
        do {
            read = try JSONDecoder().decode([ZipkinSpan].self, from: Data(body))
        } catch DecodingError.keyNotFound(let key, _) {
            throw ZipkinRefusal(text: "Missing : \(key.stringValue) reading List<Span> from json")
        } catch {
            throw ZipkinRefusal(text: "\(error) reading List<Span> from json")
        }
        var spans: [ZipkinSpan] = []
        for span in read { spans.append(try span.kept()) }
        return spans
    }

    /// As Zipkin keeps it: padded ids, lower-case names, no empty or impossible values.
    private func kept() throws(ZipkinRefusal) -> ZipkinSpan {
        var span = self
        let reading = " reading List<Span> from json"
        span.traceId = try TraceID(traceId, context: reading).text
        span.id = try Self.spanID(id, context: reading)
        if let parentId { span.parentId = try Self.spanID(parentId, context: reading) }
        if span.parentId == span.id { span.parentId = nil }
        span.name = name.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        span.timestamp = timestamp.flatMap { $0 > 0 ? $0 : nil }
        span.duration = duration.flatMap { $0 > 0 ? $0 : nil }
        span.localEndpoint = localEndpoint?.kept
        span.remoteEndpoint = remoteEndpoint?.kept
        span.annotations?.sort { $0.timestamp < $1.timestamp }
        return span
    }

    private static func spanID(
        _ text: String, context: String
    ) throws(ZipkinRefusal) -> String {
        guard text.count <= 16, TraceID.isLowerHex(text) else {
            throw ZipkinRefusal(text: "\(text) \(TraceID.notHex)\(context)")
        }
        return String(repeating: "0", count: 16 - text.count) + text
    }

    var json: JSON {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) {
            if let value { members.append(.init(name: name, value: value)) }
        }
        add("traceId", .string(traceId))
        add("parentId", parentId.map { .string($0) })
        add("id", .string(id))
        add("kind", kind.map { .string($0.rawValue) })
        add("name", name.map { .string($0) })
        add("timestamp", timestamp.map { .integer($0) })
        add("duration", duration.map { .integer($0) })
        add("localEndpoint", localEndpoint?.json)
        add("remoteEndpoint", remoteEndpoint?.json)
        if let annotations, !annotations.isEmpty {
            add("annotations", .array(annotations.map(\.json)))
        }
        if let tags, !tags.isEmpty { add("tags", .sorted(tags)) }
        if debug == true { add("debug", true) }
        if shared == true { add("shared", true) }
        return .object(members)
    }
}

extension ZipkinSpan.Annotation {
    fileprivate var json: JSON { ["timestamp": .integer(timestamp), "value": .string(value)] }
}

extension ZipkinSpan.Endpoint {
    /// Nil where it says nothing.
    fileprivate var kept: Self? {
        var endpoint = self
        endpoint.serviceName = serviceName.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        if endpoint.port == 0 { endpoint.port = nil }
        let says = endpoint.serviceName ?? ipv4 ?? ipv6
        return says == nil && endpoint.port == nil ? nil : endpoint
    }

    fileprivate var json: JSON {
        let texts = [("serviceName", serviceName), ("ipv4", ipv4), ("ipv6", ipv6)]
        var members = texts.compactMap { name, text in
            text.map { JSON.Member(name: name, value: .string($0)) }
        }
        if let port { members.append(.init(name: "port", value: .integer(Int64(port)))) }
        return .object(members)
    }
}
