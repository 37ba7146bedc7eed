// SQLitePlace: a file in a folder of its own, and a clock in the test's hands.
import AlertStores
import Events
import Foundation
import Synchronization

/// A folder that is gone with its last user.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID())").path()

    var file: String { path + "/state/alerts.db" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
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
        let (folder, hand) = (Folder(), HandClock())
        try await body(
            StorePlace(
                open: { try await SQLiteStore.open(folder.file, clock: hand.clock) },
                pass: { hand.pass($0) }))
    }
}
