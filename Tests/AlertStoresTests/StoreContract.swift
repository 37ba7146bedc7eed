// StoreContract: what every alert store promises, held against each of them.
import AlertStores
import Events
import Testing
import WorldModel

@Suite("Store contract", .timeLimit(.minutes(5)))
struct StoreContract {
    @Test(arguments: StoreKind.all)
    func `what is appended is read back, by others too`(kind: StoreKind) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            let feeds = [["consul registry http://a:8500 dc1", "lra sagas http://b"], [], nil]
            for (number, deed) in everyDeed.enumerated() {
                let outcomes = try await one.append([
                    write(
                        entry(
                            "\(number)", deed, by: number % 2 == 0 ? ada : bob, at: Int64(number),
                            feeds: number < feeds.count ? feeds[number] : nil))
                ])
                #expect(outcomes.map(\.isConfirmed) == [true])
            }
            let ledger = try #require(try await other.ledger("00000000000000aa", limit: 64))
            #expect(ledger.entries.map(\.deed) == everyDeed)
            #expect(ledger.entries.map(\.id) == everyDeed.indices.map { "\($0)" })
            #expect(ledger.entries.prefix(2).map(\.by) == [ada, bob])
            #expect(ledger.entries.prefix(3).map(\.feeds) == feeds)
            #expect(ledger.entries.map(\.at) == everyDeed.indices.map { at(Int64($0)) })
            #expect(ledger.name == "HighErrorRate")
            #expect(ledger.labels["service"] == "00000000000000aa")
            #expect(try await other.ledger("00000000000000bb", limit: 64) == nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an entry is refused where somebody was first, with what is there now`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            let fired = try await one.append([
                write(entry("fired", .fired(value: 1), at: 0), expected: 0)
            ])[0]
            let again = try await other.append([
                write(entry("again", .fired(value: 1), at: 0), expected: 0)
            ])[0]
            #expect(!again.isConfirmed)
            #expect(again.ledger == fired.ledger)
            let noted = try await other.append([
                write(entry("noted", .noted("x"), at: 1), expected: again.ledger.revision)
            ])[0]
            #expect(noted.isConfirmed)
            #expect(noted.ledger.revision > fired.ledger.revision)
            let late = try await one.append([
                write(entry("late", .noted("y"), at: 2), expected: fired.ledger.revision),
                write(entry("whatever", .noted("z"), at: 3)),
            ])
            #expect(late.map(\.isConfirmed) == [false, true])
            #expect(late[1].ledger.entries.map(\.id) == ["fired", "noted", "whatever"])
        }
    }

    @Test(arguments: StoreKind.all)
    func `one that is written again is confirmed, and stands there once`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let first = write(entry("one", .fired(value: 1), at: 0), expected: 0)
            _ = try await store.append([first])
            _ = try await store.append([write(entry("two", .resolved, at: 1))])
            let outcome = try await store.append([first])[0]
            #expect(outcome.isConfirmed)
            #expect(outcome.ledger.entries.map(\.id) == ["one", "two"])
        }
    }

    @Test(arguments: StoreKind.all)
    func `many alerts are appended at once, and each is answered`(kind: StoreKind) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let names = (0..<100).map { "alert \($0)" }
            let outcomes = try await store.append(
                names.map { write(entry("of \($0)", .fired(value: 1), at: 0), to: $0, expected: 0) }
            )
            #expect(outcomes.map(\.ledger.fingerprint) == names)
            #expect(outcomes.count(where: \.isConfirmed) == 100)
            let contents = try await store.read(since: at(0))
            #expect(Set(contents.ledgers.map(\.fingerprint)) == Set(names))
        }
    }

    @Test(arguments: StoreKind.all)
    func `reading gives what is young and what fires, however old`(kind: StoreKind) async throws {
        try await kind.use { place in
            let store = try await place.open()
            _ = try await store.append([
                write(entry("1", .fired(value: 1), at: 0), to: "over"),
                write(entry("2", .resolved, at: 1), to: "over"),
                write(entry("3", .fired(value: 1), at: 0), to: "fires"),
                write(entry("4", .noted("seen"), at: 1), to: "fires"),
                write(entry("5", .noted("young"), at: 100), to: "young"),
            ])
            _ = try await store.put(mute("over", to: 99))
            _ = try await store.put(mute("stands", to: 101))
            let contents = try await store.read(since: at(100))
            #expect(Set(contents.ledgers.map(\.fingerprint)) == ["fires", "young"])
            #expect(contents.mutes.map(\.id) == ["stands"])
        }
    }

    @Test(arguments: StoreKind.all)
    func `an acknowledgement is not pushed out by what comes after it`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let hold = Acknowledgement(until: nil, note: "mine")
            _ = try await store.append([
                write(entry("fired", .fired(value: 1), at: 0)),
                write(entry("ack", .acknowledged(hold), at: 1)),
            ])
            _ = try await store.append(
                (0..<80).map { number in
                    let deed = number % 2 == 0 ? LedgerEntry.Deed.resolved : .fired(value: 1)
                    return write(entry("\(number)", deed, at: 2 + Int64(number)))
                })
            let ledger = try #require(
                try await store.read(since: at(0)).ledgers.first)
            #expect(ledger.entries.count == AlertLedger.shown + 1)
            #expect(ledger.entries.first?.id == "ack")
            #expect(ledger.entries.dropFirst().map(\.id) == (16..<80).map { "\($0)" })
            let all = try await store.ledger(ledger.fingerprint, limit: 1000)
            #expect(all?.entries.count == 82)
            let few = try await store.ledger(ledger.fingerprint, limit: 2)
            #expect(few?.entries.map(\.id) == ["ack", "78", "79"])
        }
    }

    @Test(arguments: StoreKind.all)
    func `what flaps all night is known since it began, and so is who has it and who was told`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let hold = Acknowledgement(until: nil, note: "mine")
            _ = try await store.append([
                write(entry("told", .notified(receiver: "chat", isResolved: true), at: 0)),
                write(entry("fired", .fired(value: 1), at: 1)),
                write(entry("pager", .notified(receiver: "pager", isResolved: false), at: 2)),
                write(entry("ack", .acknowledged(hold), at: 3)),
            ])
            _ = try await store.append(
                (0..<301).map { number in
                    let fired = LedgerEntry.Deed.fired(value: 1, since: at(1))
                    return write(
                        entry(
                            "\(number)", number % 2 == 0 ? .resolved : fired,
                            at: 4 + Int64(number)))
                })
            let resolved = try #require(try await standing(in: store))
            #expect(!resolved.isFiring && resolved.since == at(1))
            _ = try await store.append([
                write(entry("again", .fired(value: 1, since: at(1)), at: 400))
            ])
            let standing = try #require(try await standing(in: store))
            #expect(standing.isFiring && standing.since == at(1) && standing.fired == at(400))
            #expect(standing.flaps > 0)
            #expect(standing.hold(at: at(401))?.by == ada)
            #expect(standing.notified == ["chat": true, "pager": false])
        }
    }

    @Test(arguments: StoreKind.all)
    func `what is told of all week fires still, and says why nobody has it`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let store = try await place.open()
            _ = try await store.append([
                write(entry("before", .fired(value: 1), at: -900)),
                write(entry("over", .resolved, at: -800)),
                write(entry("fired", .fired(value: 1), at: 0)),
                write(entry("ack", .acknowledged(Acknowledgement(until: nil)), at: 1)),
                write(entry("broken", .broken(.joined(by: "another one")), at: 2)),
            ])
            _ = try await store.append(
                (0..<300).map { number in
                    let told = LedgerEntry.Deed.notified(receiver: "pager", isResolved: false)
                    return write(entry("\(number)", told, at: 3 + Int64(number)))
                })
            let standing = try #require(try await standing(in: store))
            #expect(standing.isFiring && standing.since == at(0) && standing.flaps == 0)
            #expect(standing.broken(at: at(400))?.owner == ada)
        }
    }

    private func standing(in store: any AlertStore) async throws -> AlertStanding? {
        try await store.read(since: at(0)).ledgers.first.map {
            AlertStanding($0, policy: AcknowledgementPolicy())
        }
    }
}
