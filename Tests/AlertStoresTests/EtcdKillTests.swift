// EtcdKillTests: writers and the server itself are killed; what was confirmed is true afterwards.
import AlertStores
import Events
import Foundation
import TestKit
import Testing

@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: EtcdServer.isWanted, "etcd is not installed"))
struct EtcdKillTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["CLAWTOP_KILL_ROUNDS"].flatMap { Int($0) } ?? 5

    @Test(arguments: [1, 2])
    func `what was confirmed to writers that are killed is there, and nothing else`(
        writers: Int
    ) async throws {
        let server = try await EtcdServer()
        let url = server.url
        var next = Array(repeating: 0, count: writers)
        var record = Record()
        for _ in 0..<Self.rounds {
            let first = next
            let confirmed = try await onThread { try Self.killedWriters(url, from: first) }
            for writer in 0..<writers {
                for number in first[writer]..<confirmed[writer] {
                    record.confirm(WriterScript.writes(of: Self.name(writer), number))
                }
                // Of the one in which it was killed nobody knows; the next writer goes on behind it.
                record.doubt(WriterScript.writes(of: Self.name(writer), confirmed[writer]))
                next[writer] = confirmed[writer] + 1
            }
            try await record.check(TeamStore(etcd: server))
        }
        print("\(writers) writers, \(Self.rounds) times killed: \(record.confirmed) confirmed")
        server.kill()
    }

    @Test func `a server that is killed has all that it confirmed`() async throws {
        let server = try await EtcdServer()
        let store = TeamStore(etcd: server, deadline: .seconds(2))
        let done = Lines()
        let writer = Task {
            var number = 0
            while !Task.isCancelled {
                let writes = WriterScript.writes(of: "ada", number)
                do throws(StoreError) {
                    _ = try await store.append(writes)
                    done.add(writes, .confirmed)
                } catch {
                    done.add(writes, error.isUncertain ? .doubted : .refused)
                    // It is down for a while: there is nothing to be gained by asking all the time.
                    await server.becomesHealthy()
                }
                number += 1
            }
        }
        for round in 1...Self.rounds {
            await done.wait(confirmed: round * 12)
            server.kill()
            try await server.start()
        }
        await done.wait(confirmed: Self.rounds * 12 + 12)
        writer.cancel()
        await writer.value
        let record = done.record
        try await record.check(store)
        print("etcd killed \(Self.rounds) times: \(record.confirmed) confirmed")
        server.kill()
    }

    /// - Returns: what each writer would have written next.
    private static func killedWriters(_ url: String, from first: [Int]) throws -> [Int] {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "StoreWriter").path()
        let children = try first.enumerated().map { writer, number in
            try Child(program, ["etcd=\(url)", name(writer), "\(number)"])
        }
        var next = first
        for (writer, child) in children.enumerated() {
            for _ in 0..<Int.random(in: 1...10) where child.line() != nil { next[writer] += 1 }
        }
        for child in children { child.send(SIGKILL) }
        for (writer, child) in children.enumerated() {
            next[writer] += child.ended().lines.count
        }
        return next
    }

    private static func name(_ writer: Int) -> String { ["ada", "bob"][writer % 2] }
}
