// StoreEvent: what the alert store tells.

package enum StoreEvent: Hashable, Codable, Sendable {
    /// All that is open or was lately: what was known before is forgotten.
    case listed(ledgers: [AlertLedger], mutes: [Mute])
    /// Those that are new or differ.
    case changed(ledgers: [AlertLedger], mutes: [Mute])
    /// It can be neither read nor written; what was told stands until it can.
    case lost(reason: String)
    /// All that is wrong with what it holds, or held, since the session began: a sentence each.
    case remarked([String])
}
