import Events
import Foundation
import TestKit
import Testing

// SQLiteStoreTests: the alert store's file: how it is made, shared, and kept.
@testable import AlertStores

@Suite(.timeLimit(.minutes(5)))
struct SQLiteStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }
    private let hand = HandClock()

    private func open() async throws -> SQLiteStore {
        try await SQLiteStore.open(folder.file, clock: hand.clock)
    }

    private func mode(_ path: String) throws -> Int {
        let known = try FileManager.default.attributesOfItem(atPath: path)
        return (known[.posixPermissions] as? Int) ?? 0
    }

    @Test func `only its owner reads the file, its folder, and what lies beside it`() async throws {
        let store = try await open()
        _ = try await store.append([write(entry("1", .resolved, at: 0))])
        #expect(try mode(folder.path + "/state") == 0o700)
        for end in ["", "-wal", "-shm"] { #expect(try mode(folder.file + end) == 0o600) }
        #expect(store.address == folder.file)
    }

    @Test func `a commit is on the disk, but for what is soon old anyway`() async throws {
        let database = try DatabaseFile(path: folder.file).open(at: at(0))
        try database.fleeting { () throws(DatabaseError) in
            #expect(try database.pragma("synchronous") == "1")
        }
        for _ in 0..<2 {
            try database.fleeting {}
            try database.transaction { () throws(DatabaseError) in
                #expect(try database.pragma("synchronous") == "2")
            }
        }
        #expect(try database.pragma("journal_mode") == "wal")
    }

    @Test func `what is observed wakes nobody who waits for alerts`() async throws {
        let store = try await open()
        let watch = WriteWatch(path: folder.file)
        try await store.tell(observation("ada"))
        #expect(watch.count == 0)
        _ = try await store.put(mute("m"))
        await watch.written(after: 0)
    }

    @Test func `it is written by a version that this clawtop knows`() async throws {
        var database: Database? = try DatabaseFile(path: folder.file).open(at: at(0))
        _ = try database?.pragma("user_version = 99")
        database = nil
        await #expect {
            _ = try await open()
        } throws: {
            "\($0)".contains("was written by a newer clawtop (version 99, this one knows up to 3)")
        }
    }

    @Test func `a file of an older clawtop goes on with what it holds`() async throws {
        var database: Database? = try DatabaseFile(path: folder.file).open(at: at(0))
        try database?.transaction { () throws(DatabaseError) in
            _ = try database?.append(write(entry("old", .fired(value: 1), at: 0)))
        }
        _ = try database?.run("ALTER TABLE entries DROP COLUMN feeds")
        _ = try database?.pragma("user_version = 2")
        database = nil
        let store = try await open()
        let ledger = try await store.append([
            write(entry("new", .fired(value: 1), at: 1, feeds: ["lra sagas http://a"]))
        ])[0].ledger
        #expect(ledger.entries.map(\.id) == ["old", "new"])
        #expect(ledger.entries.map(\.feeds) == [nil, ["lra sagas http://a"]])
    }

    @Test func `a database of another program is left alone`() async throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/state", withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: folder.file, contents: nil)
        var database: Database? = try Database(path: folder.file)
        try database?.run("CREATE TABLE bookmarks (name TEXT)")
        database = nil
        await #expect { _ = try await open() } throws: {
            "\($0)".contains("belongs to another program")
        }
        database = try Database(path: folder.file)
        #expect(
            try database?.rows("SELECT name FROM sqlite_schema") { $0.text(0) } == ["bookmarks"])
    }

    @Test func `a full disk is said, and what was confirmed is kept`() throws {
        let database = try DatabaseFile(path: folder.file).open(at: at(0))
        try database.pragma("max_page_count = 60")
        var confirmed = 0
        var failure: DatabaseError?
        while failure == nil {
            do throws(DatabaseError) {
                try database.add(confirmed)
                confirmed += 1
            } catch {
                failure = error
            }
        }
        #expect(failure?.storeError.description.hasPrefix("the disk is full") == true)
        #expect(failure?.isUncertain == false)
        #expect(confirmed > 10)
        let names = (0..<confirmed).map { "\($0)" }
        #expect(try database.ledger("a", limit: 10000)?.entries.map(\.id) == names)
        try database.pragma("max_page_count = 1000000")
        try database.add(confirmed)
    }

    @Test func `a file that another program holds is said to be locked`() throws {
        let database = try DatabaseFile(path: folder.file).open(at: at(0))
        let other = try DatabaseFile(path: folder.file).open(at: at(0))
        try other.pragma("busy_timeout = 0")
        try database.transaction { () throws(DatabaseError) in
            let failure = #expect(throws: DatabaseError.self) { try other.add(0) }
            #expect(
                failure?.storeError.description.contains("is locked by another program") == true)
        }
        try other.add(0)
    }

    @Test func `a file that cannot be made is said with the reason and the remedy`() async {
        await #expect {
            _ = try await SQLiteStore.open("/proc/clawtop/alerts.db")
        } throws: {
            "\($0)".contains("/proc/clawtop/alerts.db cannot be opened: no such file or directory;")
                && "\($0)".contains("`store:`")
        }
    }

    @Test func `a file that was deleted is not written any longer`() async throws {
        let store = try await open()
        _ = try await store.append([write(entry("1", .resolved, at: 0))])
        try FileManager.default.removeItem(atPath: folder.file)
        for _ in 0..<2 {
            await #expect {
                _ = try await store.append([write(entry("2", .resolved, at: 0))])
            } throws: {
                "\($0)".contains("was moved or deleted")
                    && "\($0)".contains("knows nothing of the acknowledgements before")
                    && ($0 as? StoreError)?.losesAll == true
            }
        }
    }

    @Test func `history is kept for ninety days, and what fires for longer`() async throws {
        let store = try await open()
        _ = try await store.append([
            write(entry("1", .fired(value: 1), at: 0), to: "over"),
            write(entry("2", .resolved, at: 1), to: "over"),
            write(entry("3", .fired(value: 1), at: 0), to: "fires"),
        ])
        _ = try await store.put(mute("m"))
        hand.pass(.seconds(90 * 86_400 + 1))
        _ = try await store.append([write(entry("4", .noted("x"), at: 80 * 86_400), to: "young")])
        #expect(try await store.ledger("over", limit: 64)?.entries.count == 1)
        hand.pass(.seconds(3700))
        _ = try await store.append([write(entry("5", .noted("x"), at: 80 * 86_400), to: "young")])
        let contents = try await store.read(since: .distantPast)
        #expect(contents.ledgers.map(\.fingerprint) == ["fires", "young"])
        #expect(contents.mutes.isEmpty)
    }

    @Test func `what is renewed holds from then on, and what is not is forgotten`() async throws {
        let store = try await open()
        for name in ["ada", "bob"] { try await store.tell(observation(name)) }
        hand.pass(Observation.pulse * 2)
        #expect(try await store.renew("ada"))
        hand.pass(Observation.pulse * 2)
        #expect(try await store.observations() == [observation("ada")])
        #expect(try await !store.renew("bob"))
    }

    @Test func `of an earlier start of the machine nobody leads, and nothing is observed`()
        async throws
    {
        let store = try await open()
        #expect(try await store.lead(as: "one", for: .seconds(3600)))
        try await store.tell(observation("ada"))
        var clock = hand.clock
        clock.boot = "two"
        let later = try await SQLiteStore.open(folder.file, clock: clock)
        #expect(try await later.observations().isEmpty)
        #expect(try await later.lead(as: "other", for: .seconds(15)))
    }
}

extension Database {
    fileprivate func add(_ number: Int) throws(DatabaseError) {
        try transaction { () throws(DatabaseError) in
            _ = try append(
                write(
                    entry("\(number)", .noted(String(repeating: "x", count: 500)), at: 0), to: "a"))
        }
    }
}
