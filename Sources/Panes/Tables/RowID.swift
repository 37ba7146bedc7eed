// RowID: what a row stands for; it stays the same wherever the row moves.
package import Events
package import WorldModel

package struct InstanceID: Hashable, Sendable {
    package var service: String
    package var feed: FeedID
    package var id: String
}

package struct SagaID: Hashable, Sendable {
    package var feed: FeedID
    package var id: String

    /// The end of an id, as people say it.
    static func tail(of id: String) -> String {
        String(id.suffix(8).drop { !$0.isLetter && !$0.isNumber })
    }
}

package struct ConfigurationID: Hashable, Sendable {
    package var feed: FeedID
    package var key: String
}

/// Selections are kept as these, so that a row that moves takes the selection with it.
package enum RowID: Hashable, Sendable {
    case service(String)
    case instance(InstanceID)
    case check(InstanceID, check: String)
    case saga(SagaID)
    case step(SagaID, name: String)
    case feed(FeedID)
    case alert(AlertRecord.ID)
    /// Those of one name that share a row.
    case alerts(AlertGroup.ID)
    case rule(RuleRecord.ID)
    case mute(Mute.ID)
    /// By its place among what is wrong with the rules.
    case problem(Int)
    /// By its number in the ledger.
    case change(Int)
    case configuration(ConfigurationID)
    case field(ConfigurationID, name: String)
    case operation(service: String, name: String, kind: SpanKind)
    case call(caller: String, callee: String)
    /// A line of a text.
    case line(Int)

    /// What `y` copies; nil where there is nothing that another tool would understand.
    var copied: String? {
        switch self {
        case .service(let name): name
        case .instance(let instance): instance.id.split(separator: "/").last.map(String.init)
        case .check(_, let check): check
        case .saga(let saga): saga.id
        case .step(_, let name): name
        case .feed(let feed): feed
        case .alert(let alert): alert.split(separator: "/").last.map(String.init)
        case .alerts(let group): group.name
        case .rule(let rule): RuleRecord.name(in: rule)
        case .mute(let mute): mute
        case .configuration(let configuration): configuration.key
        case .field(_, let name): name
        case .operation(_, let name, _): name
        case .call(let caller, let callee): "\(caller) \(callee)"
        case .change, .problem, .line: nil
        }
    }
}

extension InstanceID {
    init(_ instance: Instance) {
        self.init(service: instance.told.service, feed: instance.feed, id: instance.told.id)
    }
}

extension RuleRecord {
    /// The name in an id, which is also an id of a rule that is gone.
    static func name(in id: ID) -> String? {
        let parts = id.split(separator: ";", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[2]) : nil
    }
}
