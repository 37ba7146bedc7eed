// Unmarshalling: YAML nodes taken as typed values, as strictly as Go's yaml package does.
import Wording

/// What does not fit a type: `line 3: field exprr not found in type rulefmt.Rule`.
struct Misfit: Hashable {
    var place: Place
    var message: String
    /// What was probably meant.
    var hint = ""

    var description: String { "line \(place.line): \(message)" }
}

/// Takes nodes apart, and gathers all that does not fit.
///
/// Messages are those of Go's yaml package, which scripts around promtool read.
struct Unmarshalling {
    private(set) var misfits: [Misfit] = []
    let ignoresUnknownFields: Bool

    init(ignoresUnknownFields: Bool) { self.ignoresUnknownFields = ignoresUnknownFields }

    /// All misfits as one problem; nil where there are none.
    func problem(in file: String) -> RuleFileProblem? {
        guard !misfits.isEmpty else { return nil }
        let inOrder = misfits.sorted { $0.place.line < $1.place.line }
        var problem = RuleFileProblem(
            file, "yaml: unmarshal errors:" + inOrder.map { "\n  \($0.description)" }.joined())
        problem.hints = inOrder.map(\.hint).filter { !$0.isEmpty }
        return problem
    }

    /// The values of a mapping by their keys; empty for null.
    mutating func fields(_ node: Node, of type: String, known: [String]) -> [String: Node] {
        guard !node.isNull else { return [:] }
        guard case .mapping(let entries) = node.content else {
            mismatch(node, type)
            return [:]
        }
        for entry in entries where !known.contains(entry.key) && !ignoresUnknownFields {
            let nearest = nearest(to: entry.key, among: known)
            misfits.append(
                Misfit(
                    place: entry.place, message: "field \(entry.key) not found in type \(type)",
                    hint: nearest.map { "\(entry.key): did you mean \($0)?" } ?? ""))
        }
        return Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// The elements of a list of `type`; none where there is no list.
    mutating func list(_ node: Node?, of type: String) -> [Node] {
        guard let node, !node.isNull else { return [] }
        guard case .sequence(let nodes) = node.content else {
            mismatch(node, "[]" + type)
            return []
        }
        return nodes
    }

    /// The elements of a list of `type` without those that are null, as Go's yaml package leaves them out.
    mutating func listWithoutNulls(_ node: Node?, of type: String) -> [Node] {
        list(node, of: type).filter { !$0.isNull }
    }

    mutating func string(_ node: Node?) -> String {
        guard let node, !node.isNull else { return "" }
        guard case .scalar(let text, _) = node.content else {
            mismatch(node, "string")
            return ""
        }
        return text
    }

    mutating func strings(_ node: Node?) -> [String] { list(node, of: "string").map { string($0) } }

    mutating func stringsByName(_ node: Node?) -> [String: String] {
        guard let node, !node.isNull else { return [:] }
        guard case .mapping(let entries) = node.content else {
            mismatch(node, "map[string]string")
            return [:]
        }
        return Dictionary(entries.map { ($0.key, string($0.value)) }) { first, _ in first }
    }

    mutating func integer(_ node: Node?) -> Int {
        read(node, as: "int") { Int($0.filter { $0 != "_" }) } ?? 0
    }

    mutating func flag(_ node: Node?) -> Bool {
        read(node, as: "bool") { text in
            switch text.lowercased() {
            case "true", "yes", "on", "y": true
            case "false", "no", "off", "n": false
            default: nil
            }
        } ?? false
    }

    /// A number as YAML writes it; `NaN` and `Inf` may do without the dot.
    mutating func number(_ node: Node?) -> Double {
        read(node, as: "float64") { text in
            switch text.lowercased() {
            case ".nan": .nan
            case ".inf", "+.inf": .infinity
            case "-.inf": -.infinity
            default: Double(text.filter { $0 != "_" })
            }
        } ?? 0
    }

    private mutating func read<Value>(
        _ node: Node?, as type: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let node, !node.isNull else { return nil }
        if case .scalar(let text, false) = node.content, let value = parse(text) { return value }
        mismatch(node, type)
        return nil
    }

    private mutating func mismatch(_ node: Node, _ type: String) {
        misfits.append(
            Misfit(place: node.place, message: "cannot unmarshal \(node.tagged) into \(type)"))
    }
}

extension Node {
    /// Whether nothing stands here: such a value is as good as none.
    var isNull: Bool {
        guard case .scalar(let text, false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The node's type in YAML, and the beginning of a scalar's text.
    fileprivate var tagged: String {
        switch content {
        case .sequence: return "!!seq"
        case .mapping: return "!!map"
        case .scalar(let text, let isQuoted):
            let shown = text.utf8.count > 10 ? text.prefix(7) + "..." : text[...]
            return "\(isQuoted ? "!!str" : Self.tag(of: text)) `\(shown)`"
        }
    }

    private static func tag(of text: String) -> String {
        if Int(text) != nil { return "!!int" }
        if Double(text) != nil { return "!!float" }
        return ["true", "false"].contains(text.lowercased()) ? "!!bool" : "!!str"
    }
}
