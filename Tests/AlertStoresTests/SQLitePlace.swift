// SQLitePlace: a file in a folder of its own, and a clock in the test's hands.
import AlertStores
import Events
import Foundation
import Synchronization
import TestKit

extension TemporaryFolder {
    /// Below a folder that the store has to make.
    var file: String { path("state/alerts.db") }
}

/// A clock that is set by hand.
final class HandClock: Sendable {
    private let passed = Mutex(Duration.zero)

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }

    var clock: StoreClock {
        StoreClock(
            boot: "one", now: { at(0) + self.passed.withLock(\.self) },
            uptime: { .seconds(1000) + self.passed.withLock(\.self) })
    }
}

extension StoreKind {
    static let sqlite = StoreKind(testDescription: "SQLite") { body in
        let (folder, hand) = (try TemporaryFolder(), HandClock())
        try await body(
            StorePlace(
                open: { try await SQLiteStore.open(folder.file, clock: hand.clock) },
                pass: { hand.pass($0) }))
    }
}
