// StoreDocument: what stands under one key of a team's store, as JSON.
import Events
import FoundationEssentials

/// Why a key's value is not used: the end of a sentence about the key.
struct UnreadableDocument: Error, Hashable {
    var reason: String

    static let notOurs = Self(reason: "is no document of clawtop's")
    static let misplaced = Self(reason: "is a document that belongs under another key")
    static let beyondTime = Self(reason: "names a moment that no calendar has")

    static func otherFormat(_ format: Int) -> Self {
        Self(reason: "is of another clawtop's format (\(format)); use the same version everywhere")
    }
}

/// Read from a server that others write to: nothing in it is taken on trust.
struct StoreDocument<Content: Codable>: Codable {
    var clawtop: Int
    var content: Content

    init(_ content: Content) { (clawtop, self.content) = (StoreFormat.current, content) }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
        // Strings and numbers, of which none is left to fail at.
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }

    static func read(_ bytes: [UInt8]) throws(UnreadableDocument) -> Content {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
        guard let format = try? decoder.decode(StoreFormat.self, from: Data(bytes)) else {
            throw .notOurs
        }
        guard format.clawtop == StoreFormat.current else { throw .otherFormat(format.clawtop) }
        guard let document = try? decoder.decode(Self.self, from: Data(bytes)) else {
            throw .notOurs
        }
        return document.content
    }
}

/// The part that every version writes.
private struct StoreFormat: Codable {
    static let current = 1

    var clawtop: Int
}

extension SharedPair {
    func ledger(_ layout: StoreLayout) throws(UnreadableDocument) -> AlertLedger {
        var ledger = try StoreDocument<AlertLedger>.read(value)
        guard layout.key(ofAlert: ledger.fingerprint) == key else { throw .misplaced }
        guard ledger.entries.allSatisfy(\.isOnCalendar) else { throw .beyondTime }
        ledger.revision = revision
        return ledger
    }

    func mute(_ layout: StoreLayout) throws(UnreadableDocument) -> Mute {
        var mute = try StoreDocument<Mute>.read(value)
        guard layout.key(ofMute: mute.id) == key else { throw .misplaced }
        guard mute.isOnCalendar else { throw .beyondTime }
        guard !mute.matchers.isEmpty else { throw .notOurs }
        mute.revision = revision
        return mute
    }

    func observation(_ layout: StoreLayout) throws(UnreadableDocument) -> Observation {
        let observation = try StoreDocument<Observation>.read(value)
        guard layout.key(ofObserver: observation.observer) == key else { throw .misplaced }
        let moments = observation.alerts.flatMap { [$0.since, $0.evaluated] }
        guard (moments + [observation.at]).allSatisfy(\.isOnCalendar) else { throw .beyondTime }
        guard (0...Int(Int32.max)).contains(observation.unsaid) else { throw .notOurs }
        return observation
    }
}

extension LedgerEntry {
    var isOnCalendar: Bool {
        let moments: [Instant?] =
            switch deed {
            case .acknowledged(let given): [at, given.until]
            case .fired(_, _, let since): [at, since]
            case .resolved, .unacknowledged, .noted, .broken, .notified: [at]
            }
        return moments.allSatisfy { $0?.isOnCalendar ?? true }
    }
}

extension Mute {
    var isOnCalendar: Bool {
        [start, until, ended?.at].allSatisfy { $0?.isOnCalendar ?? true }
    }
}

extension Instant {
    /// From 1970 to the year 9999: spans between such moments can be reckoned with.
    fileprivate var isOnCalendar: Bool { (0...253_402_300_799_999).contains(milliseconds) }
}
