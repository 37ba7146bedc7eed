import Events
import Foundation
import TestKit
import Testing

// DamageTests: a file that rots is set aside, said, and never deleted.
@testable import AlertStores

@Suite(.timeLimit(.minutes(5)))
struct DamageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }
    private let hand = HandClock()

    private func open() async throws -> SQLiteStore {
        try await SQLiteStore.open(folder.file, clock: hand.clock)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state").sorted()
    }

    /// Makes a store with some history, and closes it.
    private func begin() async throws {
        let store = try await open()
        for number in 0..<100 {
            _ = try await store.append([
                write(entry("\(number)", .noted("x"), at: 0), to: "\(number)")
            ])
        }
    }

    private func scribble(from offset: Int) throws -> Data {
        let url = URL(filePath: folder.file)
        var bytes = try Data(contentsOf: url)
        for index in offset..<bytes.count { bytes[index] = 0xA5 }
        let handle = try FileHandle(forWritingTo: url)
        try handle.write(contentsOf: bytes)
        try handle.close()
        return bytes
    }

    private let name = "alerts.db.corrupt-2026-09-21T14:13:20Z"

    @Test func `a damaged file is set aside with a message, and a new one is begun`() async throws {
        try await begin()
        let bytes = try scribble(from: 0)
        await #expect {
            _ = try await open()
        } throws: {
            "\($0)".contains("alerts.db was damaged and is kept as \(folder.path)/state/\(name);")
        }
        #expect(try names() == [name])
        #expect(try Data(contentsOf: URL(filePath: folder.path + "/state/" + name)) == bytes)
        let store = try await open()
        #expect(try await store.read(since: .distantPast).ledgers.isEmpty)
    }

    @Test func `one that was set aside in the same second is kept too`() async throws {
        for _ in 0..<2 {
            try await begin()
            _ = try scribble(from: 0)
            await #expect(throws: StoreError.self) { _ = try await open() }
        }
        #expect(try names() == [name, name + "-2"])
    }

    @Test func `damage that is found while it is open is told to each who has it open`()
        async throws
    {
        try await begin()
        // The first page, which tells what there is, stays.
        _ = try scribble(from: 4096)
        let (one, other) = (try await open(), try await open())
        await #expect { _ = try await one.read(since: .distantPast) } throws: {
            "\($0)".contains("kept as")
        }
        await #expect { try await one.withdraw("x") } throws: { "\($0)".contains("kept as") }
        await #expect { try await other.withdraw("x") } throws: { "\($0)".contains("moved") }
        let fresh = try await open()
        _ = try await fresh.append([write(entry("1", .resolved, at: 0))])
        #expect(try names().contains(name))
    }
}
