// StoredTrace: the spans of one trace so far; it grows as they are reported.

/// What is searched of a span, and its JSON as it was kept.
struct StoredSpan: Sendable {
    var id: UInt64
    var parentID: UInt64?
    var kind: ZipkinSpan.Kind?
    var isShared: Bool
    var name: String?
    var service: String?
    var remoteService: String?
    var timestamp: Int64
    var duration: Int64
    var isError: Bool
    var json: [UInt8]

    /// `names` keeps one copy of what thousands of spans repeat.
    init(_ span: ZipkinSpan, names: inout Set<String>) {
        func shared(_ name: String?) -> String? { name.map { names.insert($0).memberAfterInsert } }
        (id, parentID) = (Self.number(span.id), span.parentId.map(Self.number))
        kind = span.kind
        (name, service) = (shared(span.name), shared(span.service))
        remoteService = shared(span.remoteService)
        (timestamp, duration) = (span.timestamp ?? 0, span.duration ?? 0)
        (isShared, isError) = (span.shared == true, span.isError)
        json = span.json.bytes
    }

    private static func number(_ id: String) -> UInt64 { UInt64(id, radix: 16) ?? 0 }
}

struct StoredTrace: Sendable {
    private(set) var spans: [StoredSpan] = []
    private var root: Int64 = 0
    private var earliest: Int64 = 0
    /// When its newest span began; a late span makes an old trace new.
    private(set) var newest: Int64 = 0
    /// Who called whom.
    private(set) var links: [TraceLink] = []
    private var hashes: Set<Int> = []

    /// When it was: its root's time, or that of its earliest span; 0 while no span has one.
    var timestamp: Int64 { root > 0 ? root : earliest }

    /// False where exactly this span is here already.
    mutating func add(_ span: StoredSpan) -> Bool {
        guard hashes.insert(span.json.hashValue).inserted else { return false }
        spans.append(span)
        newest = max(newest, span.timestamp)
        guard span.timestamp > 0 else { return true }
        if span.parentID == nil, root == 0 { root = span.timestamp }
        if earliest == 0 || span.timestamp < earliest { earliest = span.timestamp }
        return true
    }

    /// To be called when spans were added.
    mutating func link() { links = TraceLink.links(in: spans) }

    var json: JSON { .array(spans.map { .verbatim($0.json) }) }
}
