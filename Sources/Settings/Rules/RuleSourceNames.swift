// RuleSourceNames: the engines that groups of rules may name as their source.
package import Events
import Wording

/// The feeds of kind prometheus, by their names and addresses.
package struct RuleSourceNames: Hashable, Sendable {
    private struct Engine: Hashable {
        var name: String
        var address: String
    }

    private let engines: [Engine]

    package init(_ feeds: [FeedSettings] = []) {
        engines = feeds.filter { $0.kind == .prometheus }
            .map { Engine(name: $0.name, address: $0.url.bareAddress) }
    }

    /// The name of the feed that a group means by its name or its address.
    func name(of source: String) throws(UnknownSource) -> String {
        let address = source.bareAddress
        let engine =
            engines.first { $0.name == source } ?? engines.first { $0.address == address }
        guard let engine else { throw UnknownSource(source: source, known: engines.map(\.name)) }
        return engine.name
    }
}

/// A group names a source that is no prometheus feed.
struct UnknownSource: Error, Hashable, CustomStringConvertible {
    let source: String
    let known: [String]

    var description: String {
        let remedy =
            known.isEmpty
            ? "name one under feeds, metrics, as in `- prometheus: http://prometheus:9090`"
            : "one of \(known.joined(separator: ", "))\(suggestion(for: source, among: known))"
        return "source \(source.bareAddress.debugDescription) is no prometheus feed; \(remedy)"
    }
}

extension String {
    /// An address without what it may do without: its scheme where it is `http`, a user and password,
    /// slashes at the end.
    fileprivate var bareAddress: String {
        var rest = self[...]
        var scheme = ""
        if let end = rest.firstRange(of: "://") {
            scheme = rest[..<end.upperBound].lowercased()
            rest = rest[end.upperBound...]
        }
        let host = rest.prefix { $0 != "/" }
        if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        while rest.hasSuffix("/") { rest.removeLast() }
        return (scheme == "http://" ? "" : scheme) + rest
    }
}
