// KillTests: writers are killed at any moment; what they were told is true afterwards.
import AlertStores
import Dispatch
import Events
import Foundation
import TestKit
import Testing

@Suite(.serialized, .timeLimit(.minutes(10)))
struct KillTests {
    /// How often all writers are killed; `CLAWTOP_KILL_ROUNDS` says it for a long run.
    private static let rounds =
        ProcessInfo.processInfo.environment["CLAWTOP_KILL_ROUNDS"].flatMap { Int($0) } ?? 8

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [1, 2])
    func `what was confirmed to writers that are killed is there, and nothing else`(
        writers: Int
    ) async throws {
        var confirmed = Array(repeating: 0, count: writers)
        for round in 0..<Self.rounds {
            let path = folder.file
            let before = confirmed
            confirmed = try await onThread { try Self.killedWriters(path, from: before) }
            #expect(zip(before, confirmed).allSatisfy { $0 < $1 }, "round \(round)")
            try await check(confirmed)
        }
        let appends = confirmed.reduce(0, +)
        print("\(writers) writers, \(Self.rounds) times killed: \(appends) appends of 2 confirmed")
    }

    /// - Returns: how many appends were confirmed to each writer in all.
    private static func killedWriters(_ path: String, from first: [Int]) throws -> [Int] {
        let children = try first.enumerated().map { writer, number in
            try Child(program, [path, name(writer), "\(number)"])
        }
        var confirmed = first
        for (writer, child) in children.enumerated() {
            for _ in 0..<Int.random(in: 1...20) where child.line() != nil { confirmed[writer] += 1 }
        }
        // Not only where a line was just read.
        usleep(.random(in: 0..<3000))
        for child in children { child.send(SIGKILL) }
        for (writer, child) in children.enumerated() {
            let (lines, code) = child.ended()
            confirmed[writer] += lines.count
            guard code == 128 + SIGKILL else { throw Untimely(code: code) }
        }
        return confirmed
    }

    /// Of the append in which a writer was killed all may be there, or nothing.
    private func check(_ confirmed: [Int]) async throws {
        let store = try await SQLiteStore.open(folder.file)
        var found: [String: LedgerEntry] = [:]
        for fingerprint in WriterScript.fingerprints {
            for entry in try await store.ledger(fingerprint, limit: .max)?.entries ?? [] {
                #expect(found.updateValue(entry, forKey: entry.id) == nil, "twice: \(entry.id)")
            }
        }
        for (writer, count) in confirmed.enumerated() {
            for number in 0...count {
                let written = WriterScript.writes(of: Self.name(writer), number).map(\.entry)
                let kept = written.map { found.removeValue(forKey: $0.id) }
                let isOpen = number == count && kept.allSatisfy { $0 == nil }
                #expect(kept == written || isOpen, "\(Self.name(writer)) \(number)")
            }
        }
        #expect(found.isEmpty, "nobody wrote these: \(found.keys.sorted())")
    }

    private static func name(_ writer: Int) -> String { ["ada", "bob"][writer % 2] }

    private static var program: String {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "StoreWriter").path()
    }

    private struct Untimely: Error { var code: Int32 }
}

/// Runs what waits for other programs outside of the threads that tests share.
func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { waiter in
        DispatchQueue.global().async { waiter.resume(with: Swift.Result(catching: body)) }
    }
}
