// JournalLine: one envelope as text: its checksum in eight hex digits, a space, JSON, a line feed.
import Events
import FoundationEssentials

struct JournalLine {
    /// Why a line is left out when a journal is read.
    enum Flaw: String, Error {
        case malformed = "is no journal line"
        case rotten = "does not match its checksum"
        case foreign = "tells an event that this version of clawtop does not know"
    }

    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    init() {
        encoder.outputFormatting = [.withoutEscapingSlashes]
    }

    /// JSON never holds a line feed of its own.
    func encode(_ envelope: Envelope, into bytes: inout [UInt8]) throws {
        let json = try RegistryText.json(envelope) ?? Array(encoder.encode(envelope))
        bytes += Self.hex(Checksum.of(json[...]))
        bytes.append(UInt8(ascii: " "))
        bytes += json
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Reads a line without its line feed.
    func decode(_ line: ArraySlice<UInt8>) throws(Flaw) -> Envelope {
        let text = line.prefix(8)
        guard line.count > 9, line[line.startIndex + 8] == UInt8(ascii: " "),
            let checksum = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
        else { throw .malformed }
        let json = line.dropFirst(9)
        guard Checksum.of(json) == checksum else { throw .rotten }
        do { return try decoder.decode(Envelope.self, from: Data(json)) } catch { throw .foreign }
    }

    private static func hex(_ value: UInt32) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return (0..<8).map { digits[Int(value >> (28 - 4 * UInt32($0)) & 15)] }
    }
}
