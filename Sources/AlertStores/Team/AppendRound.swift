// AppendRound: entries that are to be appended, and what became of each so far.
import Events

/// Decides by what the store holds; it asks and writes nothing itself.
struct AppendRound {
    private let writes: [LedgerWrite]
    private let layout: StoreLayout
    /// The store's, for people.
    private let name: String
    private var settled: [LedgerOutcome?]
    private var stored: [String: SharedPair] = [:]
    /// Places of the entries that are not decided, by their document's key.
    private(set) var open: [String: [Int]]
    /// No answer came to a writing.
    var hasDoubted = false
    private var hasWritten = false

    init(_ writes: [LedgerWrite], _ layout: StoreLayout, at name: String) {
        (self.writes, self.layout, self.name) = (writes, layout, name)
        // Nobody could read a document that held it.
        settled = writes.map { write in
            write.entry.isOnCalendar ? nil : .refused(StoreError(beyondTimeAt: name))
        }
        let left = zip(writes.indices, settled).filter { $0.1 == nil }.map(\.0)
        open = Dictionary(grouping: left) { layout.key(ofAlert: writes[$0].fingerprint) }
    }

    var isOver: Bool { open.isEmpty }
    /// Something is written, or may be.
    var isUncertain: Bool { hasDoubted || hasWritten }
    /// In order; complete once it is over.
    var outcomes: [LedgerOutcome] { settled.compactMap(\.self) }

    /// Whether nobody has seen the document: then it is not read before it is made.
    func makesNew(_ key: String) -> Bool {
        open[key]?.allSatisfy { writes[$0].expected == 0 } ?? false
    }

    mutating func take(_ stored: [String: SharedPair]) { self.stored = stored }

    /// The documents to be written; what is decided without writing is settled.
    mutating func drafts() -> [AppendDraft] {
        open.sorted { $0.value[0] < $1.value[0] }.compactMap { key, places in
            do throws(UnreadableDocument) {
                let draft = try draft(key, places)
                guard !draft.isChanged else { return draft.draft }
                settle(draft.draft, draft.draft.write.expected)
            } catch {
                // A document that is not ours to change.
                let refusal = StoreError(error, under: key, at: name)
                for place in places { settled[place] = .refused(refusal) }
                open[key] = nil
            }
            return nil
        }
    }

    mutating func settle(_ draft: AppendDraft, _ revision: UInt64) {
        var ledger = draft.ledger.limited(to: AlertLedger.shown)
        ledger.revision = revision
        hasWritten = hasWritten || revision != draft.write.expected
        for (place, isConfirmed) in draft.verdicts {
            settled[place] = isConfirmed ? .confirmed(ledger) : .conflict(ledger)
        }
        open[draft.write.key] = nil
    }

    /// An alert whose document was thrown away begins a new one: nothing came in between.
    private func draft(
        _ key: String, _ places: [Int]
    ) throws(UnreadableDocument) -> (draft: AppendDraft, isChanged: Bool) {
        let pair = stored[key]
        let first = writes[places[0]]
        var ledger =
            try pair?.ledger(layout)
            ?? AlertLedger(
                fingerprint: first.fingerprint, name: first.name, labels: first.labels)
        var verdicts: [(place: Int, isConfirmed: Bool)] = []
        var isChanged = false
        for place in places {
            let (entry, expected) = (writes[place].entry, writes[place].expected)
            let isThere = ledger.entries.contains { $0.id == entry.id }
            let isFree = !isChanged && (pair == nil || expected == pair?.revision)
            if !isThere, expected == nil || isFree {
                ledger.entries.append(entry)
                isChanged = true
                verdicts.append((place, true))
            } else {
                verdicts.append((place, isThere))
            }
        }
        let write = SharedWrite(
            key: key, value: isChanged ? ledger.document : nil, expected: pair?.revision ?? 0)
        return (AppendDraft(ledger: ledger, write: write, verdicts: verdicts), isChanged)
    }
}

extension [AppendDraft] {
    /// As many together as the store takes.
    func batches(of limit: (writes: Int, bytes: Int)) -> [[AppendDraft]] {
        var batches: [[AppendDraft]] = []
        var bytes = 0
        for draft in self {
            let size = draft.write.key.utf8.count + (draft.write.value?.count ?? 0)
            if let last = batches.indices.last, batches[last].count < limit.writes,
                bytes + size <= limit.bytes
            {
                batches[last].append(draft)
                bytes += size
            } else {
                batches.append([draft])
                bytes = size
            }
        }
        return batches
    }
}
