// AlertStore: where alerts' histories, acknowledgements and mutes are kept and shared.
package import Events

/// Keeps ledgers and mutes; who gets an answer can rely on it, whatever dies afterwards.
///
/// A store does not judge: it appends what it is given if nothing came in between. Every call may be
/// repeated after a failure: an entry with a known id is confirmed and not written again.
package protocol AlertStore: Sendable {
    /// Where it is, for people, without secrets: a file's path, or `consul 10.0.0.1:8500, clawtop/`.
    var address: String { get }

    /// All ledgers with an entry at or after `moment`, all whose alert fires, and mutes that have
    /// not ended before it.
    func read(since moment: Instant) async throws(StoreError) -> StoreContents

    /// Waits for what anybody writes after `position`; returns what changed. Ends when cancelled.
    func changes(
        after position: StorePosition
    ) async throws(StoreError) -> StoreContents

    /// One ledger with up to `limit` of its newest entries; nil where there is none.
    func ledger(_ fingerprint: String, limit: Int) async throws(StoreError) -> AlertLedger?

    /// Appends entries, each to its own ledger; several together are one round trip where possible.
    ///
    /// - Returns: for each what came of it, in order, once all that is confirmed is on disk.
    func append(_ writes: [LedgerWrite]) async throws(StoreError) -> [LedgerOutcome]

    /// Writes a mute if its revision is still the store's; 0 makes a new one.
    ///
    /// - Returns: the mute as the store now has it; `isConfirmed` says whether it is the one given.
    func put(_ mute: Mute) async throws(StoreError) -> MuteOutcome

    /// Tells what this clawtop evaluates; forgotten a while after its last word.
    func tell(_ observation: Observation) async throws(StoreError)
    /// Says that what `observer` told last still holds; false where it was forgotten meanwhile.
    func renew(_ observer: String) async throws(StoreError) -> Bool
    func withdraw(_ observer: String) async throws(StoreError)

    /// What all running clawtops told last.
    func observations() async throws(StoreError) -> [Observation]

    /// Becomes the one that notifies, or stays it; held until `duration` after the last success.
    func lead(as candidate: String, for duration: Duration) async throws(StoreError) -> Bool
    /// Lets another one lead, if `candidate` does.
    func resign(_ candidate: String) async throws(StoreError)
}

/// How far somebody has read; what it counts is the store's own business.
package struct StorePosition: Hashable, Sendable {
    package var index: UInt64

    package init(index: UInt64) { self.index = index }
}

package struct StoreContents: Sendable {
    package var ledgers: [AlertLedger]
    package var mutes: [Mute]
    package var position: StorePosition
    /// What stands there and cannot be read: a sentence each, with a remedy.
    package var remarks: [String] = []

    package init(ledgers: [AlertLedger], mutes: [Mute], position: StorePosition) {
        (self.ledgers, self.mutes, self.position) = (ledgers, mutes, position)
    }
}

/// One entry for one alert's ledger, which is made where it is not there.
package struct LedgerWrite: Sendable {
    package var fingerprint: String
    package var name: String
    package var labels: Labels
    package var entry: LedgerEntry
    /// The revision that was seen; nil: whatever it is.
    package var expected: UInt64?

    package init(
        fingerprint: String, name: String, labels: Labels, _ entry: LedgerEntry,
        expected: UInt64? = nil
    ) {
        (self.fingerprint, self.name, self.labels) = (fingerprint, name, labels)
        (self.entry, self.expected) = (entry, expected)
    }
}

package enum LedgerOutcome: Sendable {
    /// It is in the store, as the last entry or, where it was written before, further up.
    case confirmed(AlertLedger)
    /// Somebody was first: the ledger as it is now.
    case conflict(AlertLedger)
    /// What stands in its place is damaged, or not ours, and is left as it is.
    case refused(StoreError)
}

package struct MuteOutcome: Sendable {
    package var mute: Mute
    package var isConfirmed: Bool

    package init(_ mute: Mute, isConfirmed: Bool) {
        (self.mute, self.isConfirmed) = (mute, isConfirmed)
    }
}

/// Why the store could not be read or written: a sentence with the place and a remedy, no secrets.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
    /// Whether it may have been written nevertheless: no answer came.
    package var isUncertain: Bool
    /// Whether the store begins anew without what it held: worth knowing for longer than it lasts.
    package var losesAll: Bool

    package init(_ description: String, isUncertain: Bool = false, losesAll: Bool = false) {
        (self.description, self.isUncertain) = (description, isUncertain)
        self.losesAll = losesAll
    }
}
