// EtcdPair: one key with its value, as etcd's JSON gateway writes it.
import FoundationEssentials

/// A key, its value, and the revisions that tell its history.
package struct EtcdPair: Hashable, Sendable {
    package var key: [UInt8]
    package var value: [UInt8]
    /// The revision that created the key; a key deleted and put again is a new one.
    var createdAt: Int64
    /// The revision of the last change.
    package var changedAt: Int64
    /// With whose end it goes; 0: it stays until somebody deletes it.
    package var lease: Int64

    package var hasLease: Bool { lease != 0 }
    /// The key for people; what is no UTF-8 is repaired.
    package var name: String { String(decoding: key, as: UTF8.self) }
}

extension EtcdPair: Decodable {
    private enum CodingKeys: String, CodingKey {
        case key, value, lease
        case createdAt = "create_revision"
        case changedAt = "mod_revision"
    }

    /// What is zero or empty is not written, an empty value included.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        key = try [UInt8](fields.decode(Data.self, forKey: .key))
        value = try [UInt8](fields.decodeIfPresent(Data.self, forKey: .value) ?? Data())
        createdAt = try fields.decodeIfPresent(EtcdNumber.self, forKey: .createdAt)?.value ?? 0
        changedAt = try fields.decode(EtcdNumber.self, forKey: .changedAt).value
        lease = try fields.decodeIfPresent(EtcdNumber.self, forKey: .lease)?.value ?? 0
    }
}

/// A whole number: 64 bits are a string in the gateway's JSON, in some proxies' a number.
package struct EtcdNumber: Hashable, Sendable, Decodable {
    package var value: Int64

    package init(from decoder: any Decoder) throws {
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
