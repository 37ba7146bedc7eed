// SharedKeys: what Consul's keys and etcd's have in common, as far as a team's store needs it.
import Events
import Feeds
import Network

/// Keys with values, each with a revision that grows with every change in the whole store.
protocol SharedKeys: Sendable {
    /// For people: `etcd 10.0.0.1:2379`.
    var name: String { get }
    /// How much is written together.
    var batch: (writes: Int, bytes: Int) { get }

    /// All keys under a folder, and how far that is.
    func list(_ folder: String) async throws(FeedError) -> SharedListing

    /// Those of `keys` that are there.
    func get(_ keys: [String]) async throws(FeedError) -> [SharedPair]

    /// Writes all of them where each key still has the revision that is expected, else none.
    ///
    /// - Returns: the new revision of each; nil where one had another one.
    func write(_ writes: [SharedWrite]) async throws(FeedError) -> [UInt64]?

    /// Waits until keys under a folder change after `revision`; those that are there and did.
    func changes(
        under folder: String, after revision: UInt64
    ) async throws(FeedError) -> SharedListing

    /// Puts a key that goes by itself a while after it was last put.
    func tell(_ key: String, _ value: [UInt8], for duration: Duration) async throws(FeedError)

    /// Lets a key that we told go later; false where it is gone.
    func renew(_ key: String) async throws(FeedError) -> Bool

    /// Deletes what was told, by whomever.
    func withdraw(_ key: String) async throws(FeedError)

    /// Puts a key that is held by one alone, until `duration` after the last success.
    func hold(
        _ key: String, as holder: String, for duration: Duration
    ) async throws(FeedError) -> Bool

    /// Lets go of a key, if `holder` has it.
    func release(_ key: String, as holder: String) async throws(FeedError)
}

struct SharedPair: Hashable, Sendable {
    var key: String
    var value: [UInt8]
    var revision: UInt64
}

struct SharedListing: Hashable, Sendable {
    var pairs: [SharedPair]
    /// Up to here nothing is missing.
    var revision: UInt64
}

/// A value for a key, or its end.
struct SharedWrite: Hashable, Sendable {
    var key: String
    /// Nil deletes the key.
    var value: [UInt8]?
    /// The revision that the key must have; 0: it must not be there.
    var expected: UInt64
}

extension FeedError {
    /// Whether what was asked for may have been done all the same: no answer says that it was not.
    var leavesDoubt: Bool {
        switch self {
        case .unreachable(_, let error): error.leavesDoubt
        case .undiscovered: false
        case .unreadable: true
        case .refused(_, _, let status, _, _): status >= 500
        }
    }
}

extension NetworkError {
    /// Whether the request may have arrived.
    fileprivate var leavesDoubt: Bool {
        switch self {
        case .timedOut, .cutShort, .tooLarge, .cancelled: true
        case .unreachable, .tls, .missingLibrary, .badURL: false
        }
    }
}
