// TraceTable: the traces of the last while, bounded in age and in number; no clock, no IO.

struct TraceTable: Sendable {
    /// Traces whose newest span began longer ago are forgotten.
    static let memory: Int64 = 20 * 60 * 1_000_000
    /// So many spans are kept at most, the newest traces' first.
    let spanCap: Int

    private var traces: [String: StoredTrace] = [:]
    private var spanCount = 0
    private var swept: Int64 = 0
    private var names: Set<String> = []
    /// How many spans there are under each name of each service.
    private var spanNames: [String: [String: Int]] = [:]
    private var remoteServices: [String: [String: Int]] = [:]

    init(spanCap: Int = 80_000) { self.spanCap = spanCap }

    subscript(id: TraceID) -> StoredTrace? { traces[id.text] }

    /// Adds what is new among them; `now` in microseconds.
    mutating func add(_ spans: [ZipkinSpan], now: Int64) {
        var grown: Set<String> = []
        for span in spans {
            let stored = StoredSpan(span, names: &names)
            guard traces[span.traceId, default: StoredTrace()].add(stored) else { continue }
            grown.insert(span.traceId)
            count(stored, 1)
        }
        for id in grown { traces[id]?.link() }
        // Names that hold ids never end.
        if names.count > 10_000 { names = [] }
        if now - swept > 1_000_000 || spanCount > spanCap { sweep(now: now) }
    }

    private mutating func sweep(now: Int64) {
        swept = now
        for (id, trace) in traces where trace.newest > 0 && trace.newest < now - Self.memory {
            forget(id)
        }
        guard spanCount > spanCap else { return }
        for (id, _) in traces.sorted(by: { $0.value.newest < $1.value.newest }) {
            // A tenth more, so that not every span sweeps.
            guard spanCount > spanCap - spanCap / 10 else { return }
            forget(id)
        }
    }

    private mutating func forget(_ id: String) {
        for span in traces.removeValue(forKey: id)?.spans ?? [] { count(span, -1) }
    }

    private mutating func count(_ span: StoredSpan, _ change: Int) {
        spanCount += change
        guard let service = span.service else { return }
        spanNames[service, default: [:]][span.name ?? "", default: 0] += change
        if spanNames[service]?[span.name ?? ""] == 0 { spanNames[service]?[span.name ?? ""] = nil }
        if spanNames[service]?.isEmpty == true { spanNames[service] = nil }
        guard let remote = span.remoteService else { return }
        remoteServices[service, default: [:]][remote, default: 0] += change
        if remoteServices[service]?[remote] == 0 { remoteServices[service]?[remote] = nil }
    }
}

// What is asked of it.
extension TraceTable {
    var services: [String] { spanNames.keys.sorted() }

    func spanNames(of service: String) -> [String] {
        (spanNames[service.lowercased()] ?? [:]).keys.filter { !$0.isEmpty }.sorted()
    }

    func remoteServices(of service: String) -> [String] {
        (remoteServices[service.lowercased()] ?? [:]).keys.sorted()
    }

    /// The trace with the newest span first.
    func find(_ query: TraceQuery) -> [StoredTrace] {
        var found: [StoredTrace] = []
        let inWindow = traces.values.filter(query.covers)
        for trace in inWindow.sorted(by: { $0.newest > $1.newest }) where query.matches(trace) {
            found.append(trace)
            if found.count == query.limit { break }
        }
        return found
    }

    /// How often each service called each other, and failed.
    func dependencies(_ query: TraceQuery) -> JSON {
        var order: [String] = []
        var calls: [String: (link: TraceLink, calls: Int64, errors: Int64)] = [:]
        for link in find(query).flatMap(\.links) {
            let key = "\(link.parent)\u{0}\(link.child)"
            if calls[key] == nil { order.append(key) }
            calls[key, default: (link, 0, 0)].calls += 1
            if link.isError { calls[key]?.errors += 1 }
        }
        return .array(
            order.compactMap { calls[$0] }.map { link, calls, errors in
                var members: [JSON.Member] = [
                    .init(name: "parent", value: .string(link.parent)),
                    .init(name: "child", value: .string(link.child)),
                    .init(name: "callCount", value: .integer(calls)),
                ]
                if errors > 0 { members.append(.init(name: "errorCount", value: .integer(errors))) }
                return .object(members)
            })
    }
}
