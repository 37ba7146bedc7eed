// KVTransaction: what `/v1/txn` does to keys, all of it or nothing.
import FoundationEssentials
import Network

/// One step, as it is asked for.
struct KVOperation: Decodable, Sendable {
    var verb: String
    var key: String
    var value: [UInt8]
    var index: UInt64

    private enum CodingKeys: String, CodingKey {
        case step = "KV"
    }

    private enum StepKeys: String, CodingKey {
        case verb = "Verb"
        case key = "Key"
        case value = "Value"
        case index = "Index"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
            .nestedContainer(keyedBy: StepKeys.self, forKey: .step)
        verb = try fields.decode(String.self, forKey: .verb)
        key = try fields.decode(String.self, forKey: .key)
        value = try [UInt8](fields.decodeIfPresent(Data.self, forKey: .value) ?? Data())
        index = try fields.decodeIfPresent(UInt64.self, forKey: .index) ?? 0
    }

    /// A verb that nobody knows is one of these to Consul.
    var isRead: Bool { !["set", "cas", "delete", "delete-cas"].contains(verb) }
}

struct KVTransaction {
    struct Answer: Sendable {
        var entries: [KVEntry] = []
        var troubles: [(place: Int, words: String)] = []
    }

    private let operations: [KVOperation]

    init(_ operations: [KVOperation]) { self.operations = operations }

    func run(on keys: inout KVStore, at index: UInt64) -> Answer {
        var answer = Answer()
        for (place, operation) in operations.enumerated() {
            switch step(operation, &keys, index) {
            case .success(let entries): answer.entries += entries
            case .failure(let trouble): answer.troubles.append((place, trouble.words))
            }
        }
        return answer
    }

    private struct Trouble: Error {
        var words: String
    }

    private func step(
        _ step: KVOperation, _ keys: inout KVStore, _ index: UInt64
    ) -> Result<[KVEntry], Trouble> {
        let entry = keys[step.key]
        func failure(_ words: String) -> Result<[KVEntry], Trouble> {
            .failure(Trouble(words: words))
        }
        switch step.verb {
        case "get":
            return entry.map { .success([$0]) } ?? failure("key \"\(step.key)\" doesn't exist")
        case "get-or-empty": return .success([entry ?? KVEntry(key: step.key, value: [])])
        case "get-tree": return .success(keys.under(step.key))
        case "check-not-exists":
            return entry == nil ? .success([]) : failure("key \"\(step.key)\" exists")
        case "check-index":
            guard let modified = entry?.modified, modified != step.index else {
                return entry == nil
                    ? failure("key \"\(step.key)\" doesn't exist")
                    : .success([entry].compactMap(\.self))
            }
            return failure(
                """
                failed index check for key "\(step.key)", current modify index \
                \(modified) != \(step.index)
                """)
        case "set", "cas":
            let condition = KVCondition(modified: step.verb == "cas" ? step.index : nil)
            guard keys.put(step.key, step.value, if: condition, at: index).held else {
                return failure("failed to set key \"\(step.key)\", index is stale")
            }
            var written = keys[step.key]
            written?.value = []
            return .success([written].compactMap(\.self))
        case "delete", "delete-cas":
            let condition = KVCondition(modified: step.verb == "delete" ? nil : step.index)
            guard keys.delete(step.key, if: condition, at: index).held else {
                return failure("failed to delete key \"\(step.key)\", index is stale")
            }
            return .success([])
        case let verb: return failure("unknown KV verb \"\(verb)\"")
        }
    }
}

extension KVTransaction.Answer {
    /// Transactions that only read say who was asked, as other reads do in their headers.
    func response(isRead: Bool) -> HTTPServer.Response {
        let results = entries.map { JSON.object([JSON.Member(name: "KV", value: $0.json)]) }
        let errors = troubles.map { trouble -> JSON in
            ["OpIndex": .integer(Int64(trouble.place)), "What": .string(trouble.words)]
        }
        var members: [(String, JSON)] = [
            ("Results", errors.isEmpty ? .array(results) : .null),
            ("Errors", errors.isEmpty ? .null : .array(errors)),
        ]
        if isRead {
            members += [
                ("Index", 1), ("LastContact", 0), ("KnownLeader", true), ("ConsistencyLevel", ""),
                ("NotModified", false), ("Backend", 0), ("ResultsFilteredByACLs", false),
            ]
        }
        var response = HTTPServer.Response.json(
            .object(members.map { JSON.Member(name: $0.0, value: $0.1) }))
        if !errors.isEmpty { response.status = 409 }
        if isRead {
            response.headers += [("X-Consul-Knownleader", "true"), ("X-Consul-Lastcontact", "0")]
        }
        return response
    }
}
