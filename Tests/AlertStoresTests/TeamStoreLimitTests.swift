// TeamStoreLimitTests: long histories, many alerts, old documents, and servers that begin anew.
import AlertStores
import Events
import Fleet
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TeamStoreLimitTests {
    @Test func `a document holds the newest entries, who has the alert, and that it fires`()
        async throws
    {
        try await onConsul { _, url in
            let store = TeamStore(consul: url)
            let hold = Acknowledgement(until: nil, note: "mine")
            _ = try await store.append([
                write(entry("fired", .fired(value: 1), at: 0)),
                write(entry("ack", .acknowledged(hold), at: 1)),
            ])
            _ = try await store.append(
                (0..<300).map { write(entry("\($0)", .noted("x"), at: 2 + Int64($0))) })
            let ledger = try await store.ledger("00000000000000aa", limit: .max)
            #expect(ledger?.entries.prefix(3).map(\.id) == ["fired", "ack", "100"])
            #expect(ledger?.entries.count == 202)
            let later = try await store.read(since: at(9000))
            #expect(later.ledgers.map(\.fingerprint) == ["00000000000000aa"], "it fires")
            let long = String(repeating: "long ", count: 1000)
            _ = try await store.append(
                (0..<60).map { write(entry("long \($0)", .noted(long), at: 400 + Int64($0))) })
            let shorter = try #require(try await store.ledger("00000000000000aa", limit: .max))
            #expect(shorter.entries.prefix(2).map(\.id) == ["fired", "ack"])
            #expect(shorter.entries.last?.id == "long 59")
        }
    }

    @Test(arguments: StoreKind.team)
    func `of more alerts than a key can hold the last are only counted`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let store = try await place.open()
            try await store.tell(observation("ada", alerts: 5000))
            let told = try #require(try await store.observations().first)
            #expect(told.alerts.count + told.unsaid == 5000)
            #expect(told.alerts.count > 500)
            #expect(told.alerts.map(\.fingerprint) == told.alerts.indices.map { "\($0)" })
        }
    }

    @Test func `what was over long ago is deleted by who writes, some at a time`() async throws {
        try await onConsul { registry, url in
            let store = TeamStore(consul: url)
            let day = Int64(86_400)
            _ = try await store.append(
                (0..<20).flatMap { number in
                    [
                        write(entry("f\(number)", .fired(value: 1), at: 0), to: "old \(number)"),
                        write(entry("r\(number)", .resolved, at: number), to: "old \(number)"),
                    ]
                } + [
                    write(entry("fires", .fired(value: 1), at: 0), to: "fires"),
                    write(entry("young", .noted("x"), at: 91 * day), to: "young"),
                ])
            _ = try await store.put(mute("old"))
            _ = try await store.read(since: at(0))
            #expect(await registry.keys(under: "clawtop/book/").count == 23)
            _ = try await store.append([write(entry("1", .noted("x"), at: 9000 * day), to: "young")]
            )
            #expect(await registry.keys(under: "clawtop/book/").count == 7)
            _ = try await store.append([write(entry("2", .noted("x"), at: 91 * day), to: "young")])
            #expect(
                await registry.keys(under: "clawtop/book/") == [
                    "clawtop/book/alerts/fires", "clawtop/book/alerts/young",
                ])
        }
    }

    @Test func `an index that goes back means that all is to be read anew`() async throws {
        let answers = [
            HTTPAnswer(status: 200, headers: ["X-Consul-Index": "7"], body: Array("[]".utf8))
        ]
        let store = TeamStore(consul: "http://consul:8500", client: Answering(answers))
        let error = await #expect(throws: StoreError.self) {
            try await store.changes(after: StorePosition(index: 8))
        }
        #expect(error?.description.contains("its index went back") == true)
    }

    @Test(arguments: StoreKind.team)
    func `a session that has ended is replaced`(kind: StoreKind) async throws {
        try await kind.use { place in
            let store = try await place.open()
            #expect(try await store.lead(as: "one", for: .seconds(15)))
            try await store.tell(observation("ada"))
            try await place.pass(.seconds(60))
            #expect(try await store.observations().isEmpty)
            try await store.tell(observation("ada"))
            #expect(try await store.lead(as: "one", for: .seconds(15)))
            #expect(try await store.observations().count == 1)
        }
    }

    @Test(arguments: StoreKind.team)
    func `who comes back under its name takes over what it had`(kind: StoreKind) async throws {
        try await kind.use { place in
            for number in 0..<3 {
                let store = try await place.open()
                #expect(try await store.lead(as: "one", for: .seconds(15)))
                try await store.tell(observation("ada", at: Int64(number)))
                #expect(try await store.observations().map(\.at) == [at(Int64(number))])
            }
            let other = try await place.open()
            #expect(try await !other.lead(as: "other", for: .seconds(15)))
        }
    }
}
