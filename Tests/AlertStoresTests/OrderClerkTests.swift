// OrderClerkTests: an order is decided by what the store holds, not by what somebody saw.
import AlertStores
import Events
import TestKit
import Testing
import WorldModel

struct OrderClerkTests {
    private let store = MemoryStore()
    private let mine = AlertOrder.acknowledge(until: at(1800), note: "mine", takesOver: false)

    private func clerk(_ person: Person) -> OrderClerk {
        OrderClerk(store, as: person, policy: AcknowledgementPolicy())
    }

    private func fire() async throws -> AlertLedger {
        try await store.append([write(entry("fired", .fired(value: 1), at: 0))])[0].ledger
    }

    @Test func `an acknowledgement is in the store`() async throws {
        let seen = try await fire()
        let outcomes = try await clerk(ada).carryOut(mine, on: [seen], at: at(10))
        guard case .done(let ledger) = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(
            ledger.entries.last?.deed
                == .acknowledged(Acknowledgement(until: at(1800), note: "mine")))
        #expect(ledger.entries.last?.by == ada)
        #expect(ledger.entries.last?.at == at(10))
    }

    @Test func `one that comes after the alert is resolved becomes a note`() async throws {
        let seen = try await fire()
        _ = try await store.append([write(entry("resolved", .resolved, by: bob, at: 5))])
        let outcomes = try await clerk(ada).carryOut(mine, on: [seen], at: at(10))
        guard case .noted(let ledger) = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(ledger.entries.map(\.deed).suffix(2) == [.resolved, .noted("mine")])
    }

    @Test func `what another one has is asked for first`() async throws {
        let seen = try await fire()
        _ = try await clerk(ada).carryOut(mine, on: [seen], at: at(10))
        let outcomes = try await clerk(bob).carryOut(mine, on: [seen], at: at(20))
        guard case .held(let hold, let ledger) = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(hold.by == ada)
        #expect(hold.note == "mine")
        #expect(ledger.entries.count == 2)
    }

    @Test func `a takeover is in the history`() async throws {
        let seen = try await fire()
        _ = try await clerk(ada).carryOut(mine, on: [seen], at: at(10))
        let takeover = AlertOrder.acknowledge(until: nil, note: "", takesOver: true)
        let outcomes = try await clerk(bob).carryOut(takeover, on: [seen], at: at(20))
        let ledger = try #require(outcomes.first?.ledger)
        #expect(
            ledger.entries.last?.deed
                == .acknowledged(Acknowledgement(until: nil, takesOver: true)))
        let standing = AlertStanding(ledger, policy: AcknowledgementPolicy())
        #expect(standing.hold(at: at(30))?.by == bob)
    }

    @Test func `nobody gives back what nobody has`() async throws {
        let seen = try await fire()
        let outcomes = try await clerk(ada).carryOut(.unacknowledge, on: [seen], at: at(10))
        guard case .nothing(let ledger) = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(ledger.entries.count == 1)
    }

    @Test func `an order for several alerts has an outcome for each, in order`() async throws {
        let firing = try await store.append(
            ["a", "b", "c"].map { write(entry("fired \($0)", .fired(value: 1), at: 0), to: $0) })
        // Behind the clerk's back: what it is given of the second is old.
        _ = try await store.append([write(entry("over", .resolved, at: 1), to: "b")])
        let outcomes = try await clerk(ada).carryOut(mine, on: firing.map(\.ledger), at: at(10))
        #expect(outcomes.map(\.ledger.fingerprint) == ["a", "b", "c"])
        #expect(outcomes.map(\.word) == ["done", "noted", "done"])
    }

    @Test func `of two at once exactly one has it, and the other is told`() async throws {
        let seen = try await fire()
        for round in 0..<50 {
            let (one, other) = (clerk(ada), clerk(bob))
            async let first = one.carryOut(mine, on: [seen], at: at(10))
            async let second = other.carryOut(mine, on: [seen], at: at(10))
            let words = try await (first + second).map(\.word)
            #expect(words.sorted() == ["done", "held"], "round \(round)")
            for person in [ada, bob] {
                _ = try await clerk(person).carryOut(.unacknowledge, on: [seen], at: at(11))
            }
        }
    }

    @Test func `where the store cannot be reached, nobody is told otherwise`() async throws {
        let place = MemoryStore.Place()
        let clerk = OrderClerk(MemoryStore(place), as: ada, policy: AcknowledgementPolicy())
        let seen = try await fire()
        let broken = StoreError("the disk is full", isUncertain: false)
        place.fail(with: broken)
        await #expect(throws: broken) { try await clerk.carryOut(mine, on: [seen], at: at(10)) }
    }
}
