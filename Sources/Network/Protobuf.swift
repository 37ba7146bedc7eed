// Protobuf: the wire format, for the few messages that we speak.

/// Writes fields in protobuf's wire format; a default value is not written, as proto3 wants it.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func number(_ value: UInt64, at field: UInt32) {
        guard value != 0 else { return }
        varint(UInt64(field) << 3)
        varint(value)
    }

    package mutating func text(_ value: String, at field: UInt32) {
        guard !value.isEmpty else { return }
        message(Array(value.utf8), at: field)
    }

    /// A nested message is written even where it is empty: being there is what it says.
    package mutating func message(_ value: [UInt8], at field: UInt32) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Why bytes are not a message.
package enum ProtobufError: Error {
    case cutShort, overlong, notUTF8
    /// Field 0, a group, or a field number or wire type that does not exist.
    case badTag(UInt64)
}

/// One field as it is on the wire.
package enum ProtobufField: Hashable, Sendable {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
    /// Four or eight bytes that nothing we speak has: to be passed over.
    case fixed

    package var number: UInt64? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The text, or nil where the field is none; throws where its bytes are not UTF-8.
    package func text() throws(ProtobufError) -> String? {
        guard case .bytes(let bytes) = self else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}

/// Reads one field after another; unknown ones are the caller's to ignore.
package struct ProtobufReader {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: some Collection<UInt8>) {
        rest = ArraySlice(Array(bytes))
    }

    /// The next field and its number; nil at the end.
    package mutating func next() throws(ProtobufError) -> (number: UInt32, value: ProtobufField)? {
        guard !rest.isEmpty else { return nil }
        let tag = try varint()
        guard let number = UInt32(exactly: tag >> 3), number > 0, number < 1 << 29 else {
            throw .badTag(tag)
        }
        switch tag & 7 {
        case 0: return (number, .number(try varint()))
        case 1: return (number, try fixed(8))
        case 2: return (number, .bytes(try take(try varint())))
        case 5: return (number, try fixed(4))
        default: throw .badTag(tag)
        }
    }

    private mutating func fixed(_ count: UInt64) throws(ProtobufError) -> ProtobufField {
        _ = try take(count)
        return .fixed
    }

    private mutating func take(_ count: UInt64) throws(ProtobufError) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw .cutShort }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw .cutShort }
            if shift == 63, byte > 1 { throw .overlong }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .overlong
    }
}
