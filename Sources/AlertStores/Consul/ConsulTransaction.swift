// ConsulTransaction: several keys read or written in one step, as Consul's `/v1/txn` has it.
import FoundationEssentials

/// One step; `Index` is the revision that a key must have.
struct ConsulOperation: Encodable, Sendable {
    struct Step: Encodable, Sendable {
        var verb: String
        var key: String
        var value: Data?
        var index: UInt64?

        private enum CodingKeys: String, CodingKey {
            case verb = "Verb"
            case key = "Key"
            case value = "Value"
            case index = "Index"
        }
    }

    var step: Step

    private enum CodingKeys: String, CodingKey {
        case step = "KV"
    }

    static func get(_ key: String) -> Self { Self(step: Step(verb: "get", key: key)) }

    init(step: Step) { self.step = step }

    init(_ write: SharedWrite) {
        step = Step(
            verb: write.value == nil ? "delete-cas" : "cas", key: write.key,
            value: write.value.map { Data($0) }, index: write.expected)
    }
}

/// With status 200 its results, with 409 why nothing of it was done.
struct ConsulTransactionAnswer: Decodable, Sendable {
    struct Result: Decodable, Sendable {
        var entry: ConsulEntry

        private enum CodingKeys: String, CodingKey {
            case entry = "KV"
        }
    }

    struct Trouble: Decodable, Sendable {
        var place: Int
        var words: String

        private enum CodingKeys: String, CodingKey {
            case place = "OpIndex"
            case words = "What"
        }
    }

    var results: [Result]?
    var troubles: [Trouble]?

    private enum CodingKeys: String, CodingKey {
        case results = "Results"
        case troubles = "Errors"
    }

    /// What a token may not do is told like any other reason.
    var denial: String? {
        troubles?.first { $0.words.contains("Permission denied") || $0.words.contains("ACL ") }?
            .words
    }
}
