// SilenceSync: what is to be done so that our mutes and an Alertmanager's silences say the same.
package import Events

/// What is to be created, updated and ended there, and changed here.
///
/// A mute and its silences know each other by the ``SilenceMark`` in the comments; what bears no mark
/// of a mute of ours is left alone. Who changed something last is heard: a silence that was made of
/// the mute as it is, and differs from it, was changed there; else ours is what counts.
package struct SilenceSync: Hashable, Sendable {
    package struct Update: Hashable, Sendable {
        package var silence: Mute.ID
        package var mute: Mute
    }

    /// Mutes that are not known there.
    package private(set) var create: [Mute] = []
    package private(set) var update: [Update] = []
    /// Silences of mutes that are over, and second silences of one mute.
    package private(set) var expire: [Mute.ID] = []
    /// Our mutes as they were changed or ended there, for the store.
    package private(set) var adopt: [Mute] = []

    /// `theirs` are all of its silences, expired ones too, as ``SilenceClient/all()`` tells them.
    package init(ours: [Mute], theirs: [Mute], at now: Instant) {
        var pairs: [Mute.ID: [Mute]] = [:]
        for silence in theirs {
            if let mark = silence.mark { pairs[mark.mute, default: []].append(silence) }
        }
        for mute in ours where mute.feed == nil {
            // The newest first: a silence with other matchers has another id, and the old one expired.
            let silences = (pairs[mute.id] ?? []).sorted {
                ($1.until, $0.id) < ($0.until, $1.id)
            }
            let held = silences.filter { $0.ended == nil && $0.until > now }
            if mute.ended != nil || mute.until <= now {
                expire += held.map(\.id)
            } else if let kept = held.first(where: { $0.mark?.revision == mute.revision })
                ?? held.first
            {
                settle(mute, with: kept)
                expire += held.filter { $0.id != kept.id }.map(\.id)
            } else {
                settle(mute, withExpired: silences.filter { $0.mark?.revision == mute.revision })
            }
        }
    }

    private mutating func settle(_ mute: Mute, with silence: Mute) {
        guard silence.mark?.revision == mute.revision else {
            var mute = mute
            // Its start stands: else the silence would get another id.
            mute.start = silence.start
            update.append(Update(silence: silence.id, mute: mute))
            return
        }
        guard silence.differs(from: mute) else { return }
        var changed = mute
        (changed.until, changed.matchers) = (silence.until, silence.matchers)
        changed.comment = silence.ownComment
        adopt.append(changed)
    }

    /// `silences` were made of the mute as it is.
    private mutating func settle(_ mute: Mute, withExpired silences: [Mute]) {
        guard let last = silences.first else { return create.append(mute) }
        // By its time as it was there, and not by a hand: our clocks differ.
        guard mute.until - last.until > SilenceSync.tolerance else { return }
        var ended = mute
        ended.ended = last.ended ?? Mute.Ending(at: last.until, by: last.by)
        adopt.append(ended)
    }

    /// By how much clocks may differ.
    static let tolerance = Duration.seconds(1)
}

extension Mute {
    /// Whether it says something else than the mute that it was made of.
    fileprivate func differs(from mute: Mute) -> Bool {
        let difference = until - mute.until
        return difference > SilenceSync.tolerance || difference < .zero - SilenceSync.tolerance
            || Set(matchers) != Set(mute.matchers) || ownComment != mute.comment
    }
}
