// EtcdPair: one key with its value, as etcd's JSON gateway writes it.
import FoundationEssentials

/// A key, its value, and the revisions that tell its history.
struct EtcdPair: Hashable, Sendable {
    var key: [UInt8]
    var value: [UInt8]
    /// The revision that created the key; a key deleted and put again is a new one.
    var createdAt: Int64
    /// The revision of the last change.
    var changedAt: Int64
    /// Without one a key stays until somebody deletes it.
    var hasLease: Bool

    /// The key for people; what is no UTF-8 is repaired.
    var name: String { String(decoding: key, as: UTF8.self) }
}

extension EtcdPair: Decodable {
    private enum CodingKeys: String, CodingKey {
        case key, value, lease
        case createdAt = "create_revision"
        case changedAt = "mod_revision"
    }

    /// What is zero or empty is not written, an empty value included.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        key = try [UInt8](fields.decode(Data.self, forKey: .key))
        value = try [UInt8](fields.decodeIfPresent(Data.self, forKey: .value) ?? Data())
        createdAt = try fields.decodeIfPresent(EtcdNumber.self, forKey: .createdAt)?.value ?? 0
        changedAt = try fields.decode(EtcdNumber.self, forKey: .changedAt).value
        hasLease = try (fields.decodeIfPresent(EtcdNumber.self, forKey: .lease)?.value ?? 0) != 0
    }
}

/// A whole number: 64 bits are a string in the gateway's JSON, in some proxies' a number.
struct EtcdNumber: Hashable, Sendable, Decodable {
    var value: Int64

    init(from decoder: any Decoder) throws {
        let field = try decoder.singleValueContainer()
        if let text = try? field.decode(String.self) {
            guard let number = Int64(text) else {
                throw DecodingError.dataCorruptedError(in: field, debugDescription: "no number")
            }
            value = number
        } else {
            value = try field.decode(Int64.self)
        }
    }
}
