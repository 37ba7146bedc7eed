// JournalTests: what was written is read back, whatever happened to the disk meanwhile.
import Events
import Foundation
import TestKit
import Testing

@testable import Journal

/// A journal's folder, which the writer makes.
private struct Place {
    private let folder: TemporaryFolder
    var path: String { folder.path("journal") }
    var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    init() throws { folder = try TemporaryFolder() }

    /// Changes the bytes of a file.
    func spoil(_ file: String, _ change: (inout Data) -> Void) throws {
        let file = URL(filePath: "\(path)/\(file)")
        var data = try Data(contentsOf: file)
        change(&data)
        try data.write(to: file)
    }

    func mode(_ file: String = "") throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
        return try #require(attributes[.posixPermissions] as? Int)
    }
}

struct JournalTests {
    private let folder: Place

    init() throws { folder = try Place() }

    /// Envelopes of every world, with texts that JSON must escape.
    private func envelopes(_ numbers: ClosedRange<UInt64>) -> [Envelope] {
        numbers.map { number in
            let events: [Event] = [
                .tick,
                .feed(
                    "a/registry",
                    .lost(reason: "no\nroute \"x\"", retryIn: .milliseconds(1500), requests: 3)),
                .registry("a/registry", .listed([ServiceListing(service: "carté", instances: [])])),
                .traces("z/traces", .observed([], replaced: [.max])),
            ]
            return Envelope(
                sequence: number, at: Instant(milliseconds: Int64(number)),
                event: events[Int(number) % events.count])
        }
    }

    /// Instances with everything that a registry may tell, in the letters of many languages.
    private static let listing = ServiceListing(
        service: "paymént \u{1F4B8}",
        instances: [
            ServiceInstance(
                id: "a\"1\\", service: "paymént", node: "n/1", address: "[::1]:80", zone: "z",
                version: "", configVersion: "v\u{202E}7", health: .critical,
                checks: [
                    Check(
                        id: "http", name: "HTTP", status: .warning,
                        output: "\u{0}\t\u{1F} line\r\nnext / \u{7F}\u{2028}", isOfNode: true)
                ]),
            ServiceInstance(id: "", service: "", health: .maintenance),
        ])

    @Test(arguments: [
        RegistryEvent.listed([listing, listing, ServiceListing(service: "", instances: [])]),
        .listed([]), .changed([listing], gone: ["gone \"1\"", "\n"]), .changed([], gone: []),
    ])
    func `what a registry tells is read back letter for letter`(_ event: RegistryEvent) throws {
        let envelope = Envelope(
            sequence: .max, at: Instant(milliseconds: -1), event: .registry("a/\"b\"", event))
        let writer = try JournalWriter(folder: folder.path)
        try writer.append([envelope])
        #expect(read().problems.isEmpty)
        #expect(read().events == [envelope])
    }

    private func read() -> (events: [Envelope], problems: [JournalProblem]) {
        JournalReader(folder: folder.path).envelopes()
    }

    @Test func `what was appended is read back`() throws {
        let writer = try JournalWriter(folder: folder.path)
        try writer.append(envelopes(1...3))
        try writer.append([])
        try writer.append(envelopes(4...9))
        // Not closed: a killed program closes nothing.
        #expect(read().events == envelopes(1...9))
        #expect(read().problems == [])
        writer.syncSoon()
        writer.close()
        #expect(folder.files == ["000001-001.jsonl"])
    }

    @Test func `nobody else can read it`() throws {
        _ = try JournalWriter(folder: folder.path)
        #expect(try folder.mode() == 0o700)
        #expect(try folder.mode("000001-001.jsonl") == 0o600)
    }

    @Test func `a line has the checksum that zip would give it`() throws {
        #expect(Checksum.of(Array("123456789".utf8)[...]) == 0xCBF4_3926)
        var bytes: [UInt8] = []
        try JournalLine().encode(envelopes(4...4)[0], into: &bytes)
        #expect(String(decoding: bytes.dropFirst(8).prefix(2), as: UTF8.self) == " {")
        #expect(bytes.count { $0 == 10 } == 1 && bytes.last == 10)
    }

    @Test func `a torn last line is let go without a word`() throws {
        try JournalWriter(folder: folder.path).append(envelopes(1...3))
        try folder.spoil("000001-001.jsonl") { $0.removeLast(5) }
        #expect(read().events == envelopes(1...2))
        #expect(read().problems == [])
    }

    @Test func `a last line that only lacks its line feed is whole`() throws {
        try JournalWriter(folder: folder.path).append(envelopes(1...3))
        try folder.spoil("000001-001.jsonl") { $0.removeLast() }
        #expect(read().events == envelopes(1...3))
    }

    @Test func `a rotten line is reported and the rest is kept`() throws {
        try JournalWriter(folder: folder.path).append(envelopes(1...3))
        try folder.spoil("000001-001.jsonl") { data in
            let second = data.firstIndex(of: 10).map { $0 + 20 } ?? 0
            data[second] ^= 1
        }
        #expect(read().events.map(\.sequence) == [1, 3])
        #expect(
            read().problems.map(\.description) == [
                "000001-001.jsonl:2: the line does not match its checksum and is left out"
            ])
    }

    @Test func `what is no line, and what nobody knows, is reported apart`() throws {
        try JournalWriter(folder: folder.path).append(envelopes(1...1))
        let foreign = #"{"sequence":2,"at":2,"event":{"tomorrow":{}}}"#
        let checksum = String(Checksum.of(Array(foreign.utf8)[...]), radix: 16)
        let padded = String(repeating: "0", count: 8 - checksum.count) + checksum
        try folder.spoil("000001-001.jsonl") {
            $0.append(Data("\nhello\n\(padded) \(foreign)\n".utf8))
        }
        #expect(read().events == envelopes(1...1))
        #expect(
            read().problems.map { "\($0.line) \($0.reason)" } == [
                "2 the line is no journal line and is left out",
                "3 the line is no journal line and is left out",
                "4 the line tells an event that this version of clawtop does not know and is left out",
            ])
    }

    @Test func `a session goes on in a new file when one is full, and the oldest go`() throws {
        let writer = try JournalWriter(
            folder: folder.path, caps: JournalCaps(file: 1000, total: 3000))
        for number in UInt64(1)...100 { try writer.append(envelopes(number...number)) }
        let (events, problems) = read()
        #expect(folder.files.count == 3)
        #expect(!folder.files.contains("000001-001.jsonl"))
        let first = try #require(events.first?.sequence)
        #expect(first > 1)
        #expect(events == envelopes(first...100))
        #expect(problems == [])
    }

    @Test func `sessions at the same time do not disturb each other`() throws {
        let one = try JournalWriter(folder: folder.path)
        let two = try JournalWriter(folder: folder.path)
        try two.append(envelopes(1...2))
        try one.append(envelopes(1...3))
        try two.append(envelopes(3...4))
        #expect(read().events == envelopes(1...3) + envelopes(1...4))
        #expect(read().problems == [])
    }

    @Test func `a folder that cannot be made says why`() throws {
        let error = #expect(throws: JournalError.self) {
            try JournalWriter(folder: "/dev/null/journal")
        }
        #expect(error?.description == "/dev/null/journal cannot be written: not a directory")
    }

    @Test func `a full disk is reported once, until it has room again`() throws {
        let full = JournalFile(path: "full", descriptor: open("/dev/full", O_WRONLY))
        let writer = JournalWriter(
            JournalFolder(path: folder.path), JournalCaps(), .init(session: 1, part: 1), full)
        let error = #expect(throws: JournalError.self) { try writer.append(envelopes(1...2)) }
        #expect(
            error?.description
                == "the disk is full: full is not written; it goes on once there is room")
        try writer.append(envelopes(3...4))
        #expect(writer.isFailing)
    }

    @Test func `events that a full disk swallowed are missed when reading`() throws {
        let writer = try JournalWriter(folder: folder.path)
        try writer.append(envelopes(1...2))
        try writer.append(envelopes(5...6))
        #expect(read().events.count == 4)
        #expect(
            read().problems.map(\.description) == [
                "000001-001.jsonl:3: 2 events before it are missing"
            ])
    }
}
