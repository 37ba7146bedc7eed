// StoreDocument+Limits: how much of a long history, and of many alerts, one key holds.
import Events

extension AlertLedger {
    /// The newest entries that a document holds.
    private static let kept = 200
    /// Bytes; several documents are to fit into one transaction.
    private static let size = 96 << 10

    /// The ledger's document: what is too old for it is gone for good, though never by what the
    /// alert stands.
    var document: [UInt8] {
        var ledger = self
        var count = Self.kept
        while true {
            ledger = ledger.limited(to: count)
            let bytes = StoreDocument(ledger).bytes
            guard bytes.count > Self.size, count > 1 else { return bytes }
            count = min(count, ledger.entries.count) / 2
        }
    }
}

extension Observation {
    /// Bytes; Consul refuses more than 512 KiB.
    private static let size = 400 << 10

    /// The observation's document: the last alerts, which are the least loud, may be only counted.
    var document: [UInt8] {
        var told = self
        while true {
            let bytes = StoreDocument(told).bytes
            guard bytes.count > Self.size, !told.alerts.isEmpty else { return bytes }
            let share = Double(Self.size) / Double(bytes.count) * 0.97
            let kept = Int(Double(told.alerts.count) * share)
            told.unsaid += told.alerts.count - kept
            told.alerts.removeLast(told.alerts.count - kept)
        }
    }
}
