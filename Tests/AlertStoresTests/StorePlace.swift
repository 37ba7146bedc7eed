// StorePlace: where stores are opened that see each other, for tests that hold for every store.
import AlertStores
import TestKit
import Testing

struct StorePlace: Sendable {
    /// Opens the store there once more, as another clawtop would.
    var open: @Sendable () async throws -> any AlertStore
    /// Lets time pass, as the store counts it.
    var pass: @Sendable (Duration) async throws -> Void
}

/// A kind of store, and how a place for it is made and cleared away.
struct StoreKind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Hands over an empty place, and clears it away afterwards.
    var use: @Sendable (_ body: @Sendable (StorePlace) async throws -> Void) async throws -> Void

    /// Those that can be opened here.
    static let all = [memory, sqlite] + team
    /// Those on a server, which a team shares.
    static let team = [consul] + (EtcdServer.isWanted ? [etcd] : [])

    static let memory = StoreKind(testDescription: "memory") { body in
        let place = MemoryStore.Place()
        try await body(StorePlace(open: { MemoryStore(place) }, pass: { place.pass($0) }))
    }
}
