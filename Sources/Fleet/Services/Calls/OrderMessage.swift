// OrderMessage: the one message of the order system, and the answer of a health check.
internal import Network

/// An order, in all calls and answers: `string id = 1; uint64 cents = 2; string card = 3;
/// string state = 4`.
struct OrderMessage: Hashable, Sendable {
    var id = ""
    var cents: UInt64 = 0
    var card = ""
    var state = ""

    /// The number that card companies set aside for refusals.
    static let declinedCard = "4000 0000 0000 0002"

    var bytes: [UInt8] {
        var writer = ProtobufWriter()
        writer.text(id, at: 1)
        writer.number(cents, at: 2)
        writer.text(card, at: 3)
        writer.text(state, at: 4)
        return writer.bytes
    }
}

extension OrderMessage {
    init(bytes: [UInt8]) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            switch field.number {
            case 1: id = try field.value.text() ?? ""
            case 2: cents = field.value.number ?? 0
            case 3: card = try field.value.text() ?? ""
            case 4: state = try field.value.text() ?? ""
            default: break
            }
        }
    }
}

/// grpc.health.v1, as far as a whole server is asked.
enum HealthMessage {
    static let path = "/grpc.health.v1.Health/Check"

    /// The status of ``Network/ProtobufReader``'s first field: 1 is SERVING; no field is UNKNOWN.
    static func status(_ bytes: [UInt8]) throws(ProtobufError) -> UInt64 {
        var reader = ProtobufReader(bytes)
        var status: UInt64 = 0
        while let field = try reader.next() {
            if field.number == 1 { status = field.value.number ?? 0 }
        }
        return status
    }

    static let serving: [UInt8] = {
        var writer = ProtobufWriter()
        writer.number(1, at: 1)
        return writer.bytes
    }()
}
