// WatchKillTests: `clawtop watch` is killed at any moment while somebody acknowledges.
import Foundation
import Glibc
import TestKit
import Testing

@Suite(.serialized, .timeLimit(.minutes(30)))
struct WatchKillTests {
    private static let usual = 4
    /// How often all are killed; `CLAWTOP_KILL_ROUNDS` says it for a long run.
    private static let rounds =
        ProcessInfo.processInfo.environment["CLAWTOP_KILL_ROUNDS"].flatMap { Int($0) } ?? usual

    /// One alert as `clawtop alerts` tells of it.
    private struct Told: Decodable {
        struct Entry: Decodable {
            var event: String
            var note: String?
        }

        var labels: [String: String]
        var state: String
        var history: [Entry]?

        /// Which switch it is.
        var number: Int { labels["n"].flatMap { Int($0) } ?? -1 }
        var isFiring: Bool { ["firing", "acknowledged"].contains(state) }
        var notes: [String] { (history ?? []).compactMap(\.note) }
        /// When it began and ended, by its history.
        var turns: [String] {
            (history ?? []).map(\.event).filter { ["fired", "resolved"].contains($0) }
        }
    }

    @Test(
        arguments: SharedStore.those(.sqlite, .etcd).flatMap { store in
            [1, 2].map { (store, $0) }
        })
    func `every acknowledgement that was confirmed is there, and alerts are as the world is`(
        store: SharedStore, watches: Int
    ) async throws {
        // Few enough entries for each that its history is told whole.
        let switches = 6 + Self.rounds
        try await store.use(switches: switches) { board, configuration in
            for number in 0..<switches { board.turn(number, on: true) }
            let loop = AckLoop(board, configuration)
            async let acknowledging = loop.run(atLeast: Self.rounds * 5)
            for round in 0..<Self.rounds {
                let running = try (0..<watches).map {
                    try WatchProgram(configuration, state: board.path("state-\($0)"))
                }
                for watch in running { #expect(await watch.tells("firing"), "round \(round)") }
                try await onThread { _ = usleep(.random(in: 0..<2_500_000)) }
                for watch in running { await watch.end(SIGKILL) }
            }
            let last = try WatchProgram(configuration, state: board.path("state-0"))
            loop.end()
            let record = try await acknowledging
            // Whether what ended while nobody looked is over is found out only after a minute.
            if Self.rounds == Self.usual {
                for number in 0..<switches { board.turn(number, on: true) }
            }
            let told = try await settled(board, configuration)
            check(record, told)
            await last.end(SIGTERM)
            print(
                "\(store), \(watches) at once, killed \(Self.rounds) times: "
                    + "\(record.confirmed.count) confirmed, \(record.doubted.count) not")
        }
    }

    /// What is told once it agrees with the world: who began anew waits before it calls over what
    /// it has never seen.
    private func settled(_ board: Switchboard, _ configuration: String) async throws -> [Told] {
        for _ in 1...600 {
            let told = try await onThread {
                try TestKit.run(
                    builtProgram,
                    ["alerts", "--all", "--format", "json", "--config", configuration]
                ).printed
            }
            // Before the first pulse of who began anew there is a warning beside the list.
            let alerts = (try? JSONDecoder().decode([Told].self, from: Data(told.utf8))) ?? []
            let firing = Set(alerts.filter { $0.isFiring }.map(\.number))
            let written = Set(alerts.filter { $0.turns.last == "fired" }.map(\.number))
            if firing == board.switchedOn, written == firing { return alerts }
            try await Task.sleep(for: .milliseconds(500))
        }
        Issue.record("the alerts never came to be as the world is")
        return []
    }

    private func check(_ record: AckLoop.Record, _ alerts: [Told]) {
        var found: [String: Int] = [:]
        for alert in alerts {
            for note in alert.notes {
                #expect(found.updateValue(alert.number, forKey: note) == nil, "twice: \(note)")
            }
            let turns = alert.turns
            #expect(!zip(turns, turns.dropFirst()).contains { $0 == $1 }, "\(turns)")
        }
        for (note, number) in record.confirmed {
            #expect(found.removeValue(forKey: note) == number, "lost: \(note)")
        }
        for (note, number) in found { #expect(record.doubted[note] == number, "invented: \(note)") }
    }
}
