// JSONScannerTests: the scanner against the toolchain's decoder, and against broken bytes.
import Events
import Foundation
import Testing

@testable import Feeds

struct JSONScannerTests {
    /// The fields of a check that matter, as the toolchain's decoder reads them.
    private struct Plain: Decodable {
        var node, id, name, output, serviceID, service: String
        var modified: UInt64

        enum CodingKeys: String, CodingKey {
            case node = "Node"
            case id = "CheckID"
            case name = "Name"
            case output = "Output"
            case serviceID = "ServiceID"
            case service = "ServiceName"
            case modified = "ModifyIndex"
        }
    }

    @Test func `a recorded list reads as the toolchain's decoder reads it`() throws {
        let bytes = try fixture("state_any.json")
        let plain = try JSONDecoder().decode([Plain].self, from: Data(bytes))
        var scanner = JSONScanner(bytes)
        var strings = StringTable()
        let checks = try ConsulCheck.list(&scanner, &strings, kept: .all)
        try scanner.end()
        #expect(checks.count == plain.count)
        for (check, plain) in zip(checks, plain) {
            #expect(check.key == ConsulCheck.Key(node: plain.node, id: plain.id))
            #expect(check.check.name == plain.name)
            #expect(check.check.output == plain.output)
            #expect(check.serviceID == plain.serviceID)
            #expect(check.service == plain.service)
            #expect(check.modified == plain.modified)
        }
    }

    @Test(arguments: [
        #""plain""#, #""\u00e4 \ud83d\ude80 \n\t\r\b\f\/\\\"""#, #""ä🚀\u0000""#, #""""#,
        #""a long one, so that eight bytes at a time come to a \\ and \" end""#,
    ])
    func `strings are unescaped as the toolchain's decoder does`(text: String) throws {
        var scanner = JSONScanner(Array(text.utf8))
        let read = try scanner.string()
        #expect(read == (try JSONDecoder().decode(String.self, from: Data(text.utf8))))
    }

    @Test(arguments: [
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude80x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""\u12""#, "\u{FFFD}12"), (#""\q""#, "q"),
    ])
    func `what is no text becomes a replacement character`(text: String, read: String) throws {
        var scanner = JSONScanner(Array(text.utf8))
        #expect(try scanner.string() == read)
    }

    @Test func `bytes that are no UTF-8 are repaired`() throws {
        var scanner = JSONScanner([0x22, 0x61, 0xFF, 0x62, 0x22])
        #expect(try scanner.string() == "a\u{FFFD}b")
    }

    @Test(arguments: [
        "", "[", "[1", "[1,", "{", "{\"a\"", "{\"a\":", "\"", "\"\\", "tru", "[1}", "-", "nul",
    ])
    func `a document cut short is an error with its place`(text: String) {
        var scanner = JSONScanner(Array(text.utf8))
        #expect(throws: JSONError.self) { try scanner.skip() }
    }

    @Test func `a document nested too deep is an error`() {
        var scanner = JSONScanner(Array(String(repeating: "[", count: 1_000_000).utf8))
        #expect(throws: JSONError(offset: 64, reason: "is nested too deep")) { try scanner.skip() }
    }

    @Test func `repeated strings are found by their bytes`() throws {
        var table = StringTable()
        let names = (0..<1000).map { "a name longer than fifteen \($0 % 10)" }
        var scanner = JSONScanner(
            Array("[\(names.map { "\"\($0)\"" }.joined(separator: ","))]".utf8))
        var read: [String] = []
        try scanner.array { (scanner) throws(JSONError) in
            read.append(try scanner.string(in: &table))
        }
        #expect(read == names)
    }

    @Test(arguments: [1, 7, 100, 4096, 1 << 20])
    func `a list that comes in pieces is cut between its elements`(size: Int) throws {
        let bytes = try fixture("state_any.json")
        var cutter = JSONListCutter(length: 2000)
        var lists: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = Array(bytes[start..<min(start + size, bytes.count)])
            if let list = cutter.take(piece) { lists.append(list) }
        }
        lists.append(cutter.last)
        let plain = try lists.flatMap { try JSONDecoder().decode([Plain].self, from: Data($0)) }
        let whole = try JSONDecoder().decode([Plain].self, from: Data(bytes))
        #expect(plain.map(\.id) == whole.map(\.id))
        #expect(lists.count > 1)
    }

    @Test func `mutated documents never trap`() throws {
        let original = Array(try fixture("state_any.json").prefix(620))
        var random = Generator(state: 42)
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        Array("[]{}\",:\\0nt\u{1}".utf8).randomElement(using: &random) ?? 0,
                        at: place)
                default: bytes = Array(bytes.prefix(max(1, place)))
                }
            }
            var scanner = JSONScanner(bytes)
            var strings = StringTable()
            _ = try? ConsulCheck.list(&scanner, &strings, kept: .all)
            scanner = JSONScanner(bytes)
            _ = try? ConsulListing.read(&scanner, kept: .all)
            _ = JSONValue(bytes)
        }
    }
}

/// A random generator whose numbers are the same at each run.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A recorded answer of Consul.
func fixture(_ name: String, filePath: String = #filePath) throws -> [UInt8] {
    let folder = URL(filePath: filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Fixtures/consul/\(name)")))
}

extension CheckOutput {
    fileprivate static let all = CheckOutput(
        limit: 1 << 20, secrets: OwnSecrets(FeedSettings.etcd("http://etcd:2379")))
}
