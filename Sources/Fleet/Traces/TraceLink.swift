// TraceLink: who called whom in a trace, by the rules of Zipkin's DependencyLinker.

/// One call, as an edge of the dependency graph.
///
/// Source: <https://github.com/openzipkin/zipkin/blob/master/zipkin/src/main/java/zipkin2/internal/DependencyLinker.java>
struct TraceLink: Hashable, Sendable {
    var parent: String
    var child: String
    var isError: Bool
}

extension TraceLink {
    static func links(in spans: [StoredSpan]) -> [TraceLink] {
        let tree = SpanTree(spans)
        return spans.indices.flatMap { links(of: $0, in: tree) }
    }

    private static func links(of place: Int, in tree: SpanTree) -> [TraceLink] {
        let span = tree.spans[place]
        // The server's side says the same, with its own name.
        if span.kind == .client, tree.hasChildren(place) { return [] }
        switch span.kind {
        case .server: return server(span, below: tree.remoteAncestor(of: place))
        case .client: return client(span, below: tree.remoteAncestor(of: place))
        case nil:
            guard span.service != nil, span.remoteService != nil else { return [] }
            return client(span, below: tree.remoteAncestor(of: place))
        case .consumer: return link(span.remoteService, span.service, span.isError)
        case .producer: return link(span.service, span.remoteService, span.isError)
        }
    }

    private static func server(_ span: StoredSpan, below ancestor: StoredSpan?) -> [TraceLink] {
        let callFailed =
            ancestor?.kind == .client && ancestor?.isError == true
            && (span.parentID == ancestor?.id || span.id == ancestor?.id)
        return link(
            ancestor?.service ?? span.remoteService, span.service, span.isError || callFailed)
    }

    /// A client that calls itself by another name than its server does is a hop of its own.
    private static func client(_ span: StoredSpan, below ancestor: StoredSpan?) -> [TraceLink] {
        var links = link(span.service ?? ancestor?.service, span.remoteService, span.isError)
        if let ancestor = ancestor?.service, let service = span.service, ancestor != service {
            links += link(ancestor, service, false)
        }
        return links
    }

    private static func link(_ parent: String?, _ child: String?, _ isError: Bool) -> [TraceLink] {
        guard let parent, let child else { return [] }
        return [TraceLink(parent: parent, child: child, isError: isError)]
    }
}

/// Which span hangs below which; the server's half of a shared span below the client's.
private struct SpanTree {
    let spans: [StoredSpan]
    private var parents: [Int?]
    private var withChildren: Set<Int> = []

    init(_ spans: [StoredSpan]) {
        self.spans = spans
        let clients = Self.byID(spans) { !$0.isShared }
        let servers = Self.byID(spans) { $0.isShared }
        parents = spans.enumerated().map { place, span in
            if span.isShared, let client = clients[span.id] { return client }
            guard let parent = span.parentID else { return nil }
            // What the server did hangs below its half.
            let half = servers[parent].flatMap { spans[$0].service == span.service ? $0 : nil }
            let found = half ?? clients[parent] ?? servers[parent]
            return found == place ? nil : found
        }
        withChildren = Set(parents.compactMap { $0 })
    }

    private static func byID(
        _ spans: [StoredSpan], where isWanted: (StoredSpan) -> Bool
    ) -> [UInt64: Int] {
        Dictionary(
            spans.indices.filter { isWanted(spans[$0]) }.map { (spans[$0].id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func hasChildren(_ place: Int) -> Bool { withChildren.contains(place) }

    /// The nearest span above that has a kind; a circle has none.
    func remoteAncestor(of place: Int) -> StoredSpan? {
        var above = parents[place]
        for _ in spans.indices {
            guard let next = above else { return nil }
            if spans[next].kind != nil { return spans[next] }
            above = parents[next]
        }
        return nil
    }
}
