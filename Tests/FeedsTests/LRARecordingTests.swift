// LRARecordingTests: real coordinators over time, held against what their participants know.
import Events
import Feeds
import Network
import Synchronization
import TestKit
import Testing

/// A listener that also knows when it was told what.
private final class Diary: FeedOutput {
    let listener: Listener
    let start: Instant
    private let told = Mutex<[(second: Double, saga: Saga)]>([])

    init(_ listener: Listener) { (self.listener, start) = (listener, listener.now) }

    var now: Instant { listener.now }
    var entries: [(second: Double, saga: Saga)] { told.withLock { $0 } }

    func emit(_ event: Event) async {
        if case .sagas(_, .changed(let sagas)) = event {
            let second = Double((now - start).milliseconds) / 1000
            told.withLock { entries in entries += sagas.map { (second, $0) } }
        }
        await listener.emit(event)
    }

    func answered(_ note: String) async { await listener.answered(note) }
    func pause(for duration: Duration) async throws { try await listener.pause(for: duration) }
}

struct LRARecordingTests {
    /// Plays a tape to a feed that looks once a second, run again after failures.
    private func play(_ tape: String, seconds: Int) async throws -> Diary {
        let listener = Listener(pauses: seconds)
        let client = try Tape("lra/\(tape)", clock: listener).shelf
        let source = FeedSource(name: "lra", kind: .lra, world: .sagas, address: "lra")
        let url = "http://lra:8070/lra-coordinator"
        let feed = LRASagas(
            settings: FeedSettings(name: "lra", kind: .lra, worlds: [.sagas], url: url),
            source: source, client: client, resolver: NoResolver())
        let diary = Diary(listener)
        await supervise(feed, diary)
        return diary
    }

    @Test(arguments: ["saga-1.0.1", "saga-5.13.1"])
    func `at the end every saga is where its participants say`(tape: String) async throws {
        let sagas = try await play(tape, seconds: 81).listener.sagas
        for row in try Fixture.table("lra/\(tape).truth.tsv") {
            guard let saga = sagas[row[0]] else {
                Issue.record("\(row[0]) is not known; it is \(row[1])")
                continue
            }
            switch row[1].prefix(while: \.isLetter) {
            case "running": #expect(saga.state == .running)
            case "stuck": #expect(saga.state == .compensating)
            case "compensated": #expect([.ended, .compensated].contains(saga.state))
            default: #expect(saga.state == .ended, "\(row)")
            }
        }
        #expect(sagas.count == 19)
    }

    @Test(arguments: ["saga-1.0.1", "saga-5.13.1"])
    func `no end is invented, though the coordinator was killed on the way`(
        tape: String
    ) async throws {
        let diary = try await play(tape, seconds: 81)
        let ends = diary.entries.filter { $0.saga.state == .ended }
        let ids = ends.map(\.saga.id)
        #expect(Set(ids).count == ids.count, "one ended twice, and so was back in between")
        for (second, saga) in diary.entries where saga.state != .ended {
            let end = ends.first { $0.saga.id == saga.id }
            #expect(end.map { second < $0.second } ?? true, "\(saga.id) was back")
        }
    }

    @Test func `an end is told within two seconds while the coordinator is up`() async throws {
        let diary = try await play("saga-1.0.1", seconds: 38)
        let ends: [(String, Double)] = diary.entries.filter { $0.saga.state == .ended }.map {
            ($0.saga.name, $0.second)
        }
        let vanished = [
            ("o-1001", 5.9), ("o-1002", 6.6), ("o-1006", 11.5), ("o-1005", 12.9), ("o-1003", 14.7),
            ("o-1011", 14.7), ("o-1012", 16.1), ("o-1012-child", 16.1), ("o-1013", 16.5),
            ("o-1007", 27.0), ("o-1014", 27.0), ("o-1010", 35.7),
        ]
        for (name, second) in vanished {
            let told = ends.first { $0.0 == name }?.1
            #expect(told.map { $0 >= second && $0 <= second + 2 } == true, "\(name): \(told ?? 0)")
        }
        #expect(ends.count == vanished.count)
    }

    @Test func `with default settings a restart hides all for eleven seconds, and none ends`()
        async throws
    {
        let diary = try await play("restart-1.0.1", seconds: 170)
        let ends = diary.entries.filter { $0.saga.state == .ended }
        #expect(ends.map(\.saga.name) == ["o-202"])
        #expect(ends.allSatisfy { $0.second > 152 })
        #expect(
            diary.listener.sagas.values.filter { $0.state == .running }.map(\.name) == ["o-201"])
    }
}
