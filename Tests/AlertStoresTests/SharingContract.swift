// SharingContract: what several clawtops on one alert store can rely on.
import AlertStores
import Events
import Testing

@Suite("Store contract, shared", .timeLimit(.minutes(5)))
struct SharingContract {
    @Test(arguments: StoreKind.all)
    func `what others write wakes who waits`(kind: StoreKind) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            var position = try await one.read(since: at(0)).position
            for number in 0..<5 {
                let seen = position
                async let news = one.changes(after: seen)
                _ = try await other.append([write(entry("\(number)", .noted("x"), at: 0))])
                let told = try await news
                #expect(told.ledgers.map(\.entries.count) == [number + 1])
                #expect(told.mutes.isEmpty)
                position = told.position
            }
            let seen = position
            async let news = one.changes(after: seen)
            _ = try await other.put(mute("m"))
            let told = try await news
            #expect(told.mutes.map(\.id) == ["m"])
            #expect(told.ledgers.isEmpty)
        }
    }

    @Test(arguments: StoreKind.all)
    func `what was written before one waits is told at once`(kind: StoreKind) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let position = try await store.read(since: at(0)).position
            _ = try await store.append([write(entry("1", .noted("x"), at: 0))])
            #expect(try await store.changes(after: position).ledgers.count == 1)
        }
    }

    @Test(arguments: StoreKind.all)
    func `who is cancelled does not wait any longer`(kind: StoreKind) async throws {
        try await kind.use { place in
            let store = try await place.open()
            let position = try await store.read(since: at(0)).position
            let waiting = Task { try await store.changes(after: position) }
            waiting.cancel()
            _ = await waiting.result
        }
    }

    @Test(arguments: StoreKind.all)
    func `a mute is changed by who has seen its last state`(kind: StoreKind) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            let first = try await one.put(mute("m"))
            #expect(first.isConfirmed)
            #expect(first.mute.isSame(as: mute("m")))
            #expect(try await one.put(mute("m")).isConfirmed, "a call that is repeated")
            var ended = first.mute
            ended.ended = Mute.Ending(at: at(60), by: bob)
            #expect(try await other.put(ended).isConfirmed)
            var longer = first.mute
            longer.until = at(7200)
            let late = try await one.put(longer)
            #expect(!late.isConfirmed)
            #expect(late.mute.isSame(as: ended))
            #expect(late.mute.revision > first.mute.revision)
        }
    }

    @Test(arguments: StoreKind.all)
    func `what clawtops evaluate is told until they are gone`(kind: StoreKind) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            try await one.tell(observation("ada"))
            try await other.tell(observation("bob"))
            try await one.tell(observation("ada", at: 5, alerts: 3))
            let told = try await other.observations().sorted { $0.observer < $1.observer }
            #expect(told == [observation("ada", at: 5, alerts: 3), observation("bob")])
            try await other.withdraw("bob")
            #expect(try await one.observations().map(\.observer) == ["ada"])
            #expect(try await one.renew("ada"))
            #expect(try await !one.renew("eve"))
            #expect(try await other.observations() == [observation("ada", at: 5, alerts: 3)])
            try await place.pass(Observation.pulse * 3 + .seconds(1))
            #expect(try await one.observations().isEmpty)
            #expect(try await !one.renew("ada"))
        }
    }

    @Test(arguments: StoreKind.all)
    func `one leads, until it resigns or is not heard of`(kind: StoreKind) async throws {
        try await kind.use { place in
            let (one, other) = (try await place.open(), try await place.open())
            let term = Duration.seconds(15)
            #expect(try await one.lead(as: "one", for: term))
            #expect(try await !other.lead(as: "other", for: term))
            #expect(try await one.lead(as: "one", for: term))
            try await other.resign("other")
            #expect(try await !other.lead(as: "other", for: term))
            try await one.resign("one")
            #expect(try await other.lead(as: "other", for: term))
            #expect(try await !one.lead(as: "one", for: term))
            try await place.pass(term + .seconds(1))
            #expect(try await one.lead(as: "one", for: term))
            #expect(try await !other.lead(as: "other", for: term))
        }
    }
}
