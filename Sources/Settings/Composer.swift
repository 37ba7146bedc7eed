// Composer: nodes made from the events of libyaml.
import CYAML

/// Builds nodes from libyaml's events.
struct Composer {
    /// Deeper documents are refused, so that a hostile one cannot use up the stack.
    private static let deepest = 64
    /// More nodes are refused: aliases of aliases make millions of a few lines.
    private static let mostNodes = 1_000_000

    private let file: String
    private let reader: OpaquePointer
    private var anchors: [String: (node: Node, size: Int)] = [:]
    /// The nodes so far, those that stand behind an alias counted each time.
    private var count = 0

    init(_ bytes: UnsafeBufferPointer<CChar>, file: String) throws(DocumentError) {
        guard let reader = claw_yaml_open(bytes.baseAddress, bytes.count) else {
            throw DocumentError(file, Place(line: 1, column: 1), "out of memory")
        }
        (self.file, self.reader) = (file, reader)
    }

    func close() { claw_yaml_close(reader) }

    mutating func document(_ documents: Node.Documents) throws(DocumentError) -> Node {
        let event = claw_yaml_next(reader)
        guard event.kind != .finished else {
            return Node(content: .mapping([]), place: Place(line: 1, column: 1))
        }
        let node = try node(event, depth: 0)
        guard documents == .one else { return node }
        let next = claw_yaml_next(reader)
        guard next.kind == .finished else {
            if next.kind == .failed { throw failure(next) }
            throw DocumentError(file, next.place, "one document a file, and this starts a second")
        }
        return node
    }

    private mutating func node(_ event: claw_yaml_event, depth: Int) throws(DocumentError) -> Node {
        let anchor = event.anchor.map { String(cString: $0) }
        let before = count
        count += 1
        let content: Node.Content
        switch event.kind {
        case .scalar: content = .scalar(event.string, isQuoted: event.quoted)
        case .sequence where depth < Self.deepest:
            content = .sequence(try sequence(depth: depth + 1))
        case .mapping where depth < Self.deepest:
            content = .mapping(try mapping(depth: depth + 1))
        case .alias:
            let name = event.text.map { String(cString: $0) } ?? ""
            guard let (node, size) = anchors[name] else {
                // What stands there may be a secret that begins with a star: it is not repeated.
                throw DocumentError(
                    file, event.place,
                    "no anchor of this name stands above; write text that begins with * in quotes")
            }
            content = node.content
            count += size
        case .failed: throw failure(event)
        case .sequence, .mapping, .end, .finished:
            throw DocumentError(file, event.place, "nested deeper than \(Self.deepest) levels")
        }
        guard count <= Self.mostNodes else {
            throw DocumentError(file, event.place, "the aliases stand for too much")
        }
        let node = Node(content: content, place: event.place)
        if let anchor { anchors[anchor] = (node, count - before) }
        return node
    }

    private mutating func sequence(depth: Int) throws(DocumentError) -> [Node] {
        var nodes: [Node] = []
        while true {
            let event = claw_yaml_next(reader)
            guard event.kind != .end else { return nodes }
            nodes.append(try node(event, depth: depth))
        }
    }

    private mutating func mapping(depth: Int) throws(DocumentError) -> [Entry] {
        var entries: [Entry] = []
        var merged: [Entry] = []
        var seen: [String: Place] = [:]
        while true {
            let event = claw_yaml_next(reader)
            guard event.kind != .end else {
                return entries + merged.filter { seen[$0.key] == nil }
            }
            let isMerge = event.kind == .scalar && !event.quoted && event.string == "<<"
            guard case .scalar(let key, _) = try node(event, depth: depth).content else {
                throw DocumentError(file, event.place, "a key must be a word")
            }
            if let first = seen.updateValue(event.place, forKey: key) {
                throw DocumentError(
                    file, event.place,
                    "this key stands in line \(first.line) already; keep one of them")
            }
            let value = try node(claw_yaml_next(reader), depth: depth)
            if isMerge {
                merged = try self.merged(value)
            } else {
                entries.append(Entry(key: key, place: event.place, value: value))
            }
        }
    }

    /// The entries behind a merge key `<<`: of several mappings the first that has a key counts.
    private func merged(_ value: Node) throws(DocumentError) -> [Entry] {
        var mappings = [value]
        if case .sequence(let nodes) = value.content { mappings = nodes }
        var seen: Set<String> = []
        var merged: [Entry] = []
        for mapping in mappings {
            guard case .mapping(let entries) = mapping.content else {
                throw DocumentError(
                    file, mapping.place, "<< must name a mapping, or a list of them")
            }
            merged += entries.filter { seen.insert($0.key).inserted }
        }
        return merged
    }

    private func failure(_ event: claw_yaml_event) -> DocumentError {
        DocumentError(file, event.place, event.text.map { String(cString: $0) } ?? "not YAML")
    }
}

extension claw_yaml_event {
    fileprivate var place: Place { Place(line: Int(line) + 1, column: Int(column) + 1) }

    fileprivate var string: String {
        let bytes = UnsafeBufferPointer(start: text, count: length)
        return String(decoding: bytes.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
