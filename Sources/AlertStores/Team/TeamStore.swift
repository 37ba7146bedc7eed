// TeamStore: an alert store in a team's Consul or etcd: one document for each alert and each mute.
package import Events
import Feeds
import Synchronization

/// Keeps each ledger as one document, which is replaced only where nobody was faster.
package final class TeamStore: AlertStore {
    package let address: String
    let keys: any SharedKeys
    let layout: StoreLayout
    let outdated = Mutex(OutdatedDocuments())

    init(_ keys: any SharedKeys, _ layout: StoreLayout) {
        (self.keys, self.layout) = (keys, layout)
        address = "\(keys.name), \(layout.prefix)"
    }

    package func read(since moment: Instant) async throws(StoreError) -> StoreContents {
        let listing = try await ask { (keys, layout) async throws(FeedError) in
            try await keys.list(layout.book)
        }
        var contents = contents(listing)
        outdated.withLock { $0 = OutdatedDocuments(contents, layout) }
        contents.ledgers.removeAll { ledger in
            !ledger.isFiring && !ledger.entries.contains { $0.at >= moment }
        }
        contents.mutes.removeAll { min($0.until, $0.ended?.at ?? $0.until) < moment }
        return contents.shown
    }

    package func changes(
        after position: StorePosition
    ) async throws(StoreError) -> StoreContents {
        var position = position
        while !Task.isCancelled {
            let revision = position.index
            do throws(StoreError) {
                let news = try await ask { (keys, layout) async throws(FeedError) in
                    try await keys.changes(under: layout.book, after: revision)
                }
                let contents = contents(news)
                guard contents.isEmpty else { return contents.shown }
                position = contents.position
            } catch {
                guard Task.isCancelled else { throw error }
            }
        }
        return StoreContents(ledgers: [], mutes: [], position: position)
    }

    package func ledger(
        _ fingerprint: String, limit: Int
    ) async throws(StoreError) -> AlertLedger? {
        guard let pair = try await get(layout.key(ofAlert: fingerprint)) else { return nil }
        do throws(UnreadableDocument) {
            return try pair.ledger(layout).limited(to: limit)
        } catch {
            throw StoreError(error, under: pair.key, at: keys.name)
        }
    }

    /// What can be read; documents of others, and broken ones, hide nothing else.
    private func contents(_ listing: SharedListing) -> StoreContents {
        var contents = StoreContents(
            ledgers: [], mutes: [], position: StorePosition(index: listing.revision))
        for pair in listing.pairs {
            do throws(UnreadableDocument) {
                if layout.isAlert(pair.key) {
                    contents.ledgers.append(try pair.ledger(layout))
                } else if layout.isMute(pair.key) {
                    contents.mutes.append(try pair.mute(layout))
                }
            } catch {
                let remark = StoreError(error, under: pair.key, at: keys.name)
                contents.remarks.append(remark.description)
            }
        }
        return contents
    }
}

extension TeamStore {
    func get(_ key: String) async throws(StoreError) -> SharedPair? {
        try await ask { (keys, _) async throws(FeedError) in try await keys.get([key]) }.first
    }

    /// What the keys answer, or why they do not, in words for who asked.
    func ask<Answer: Sendable>(
        isUncertain: Bool = false,
        _ question: (any SharedKeys, StoreLayout) async throws(FeedError) -> Answer
    ) async throws(StoreError) -> Answer {
        do {
            return try await question(keys, layout)
        } catch {
            throw StoreError(error, at: address, isUncertain: isUncertain)
        }
    }
}

extension StoreError {
    init(_ trouble: UnreadableDocument, under key: String, at place: String) {
        self.init(
            """
            \(place): \(key) \(trouble.reason); it is left as it is, \
            and has to be deleted by hand where nobody needs it
            """)
    }

    init(beyondTimeAt place: String) {
        self.init("\(place): what is to be written names a moment that no calendar has")
    }

    init(_ error: FeedError, at place: String, isUncertain: Bool) {
        guard let status = error.status, status == 401 || status == 403,
            case .refused(_, _, _, let words, _) = error
        else {
            self.init("\(place): \(error)", isUncertain: isUncertain)
            return
        }
        let reason = words.isEmpty ? "" : " (\(words))"
        self.init(
            "\(place) refuses us\(reason): give us a token or user that may read and write there",
            isUncertain: isUncertain)
    }
}

extension StoreContents {
    fileprivate var isEmpty: Bool { ledgers.isEmpty && mutes.isEmpty && remarks.isEmpty }

    fileprivate var shown: StoreContents {
        var contents = self
        contents.ledgers = ledgers.map { $0.limited(to: AlertLedger.shown) }
        return contents
    }
}

extension AlertLedger {
    var isFiring: Bool {
        for entry in entries.reversed() {
            switch entry.deed {
            case .fired: return true
            case .resolved: return false
            case .acknowledged, .unacknowledged, .noted, .broken, .notified: continue
            }
        }
        return false
    }
}
