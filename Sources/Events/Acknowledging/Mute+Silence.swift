// Mute, as a silence: how a mute and its silence in an Alertmanager know each other.

/// Which mute a silence was made of, and as of which change; the end of the silence's comment.
///
/// A silence's id changes with its matchers, so that the mute is named there and not the silence here.
package struct SilenceMark: Hashable, Sendable, CustomStringConvertible {
    package var mute: Mute.ID
    /// The mute's revision that the silence was made of.
    package var revision: UInt64

    package init(mute: Mute.ID, revision: UInt64) {
        (self.mute, self.revision) = (mute, revision)
    }

    /// As in `[clawtop:9f3a6c01d2e4b587.12]`.
    package var description: String { "\(Self.opening)\(mute).\(revision)]" }

    private static let opening = "[clawtop:"

    /// The mark that a comment ends with, and the comment before it; nil where there is none.
    static func split(_ comment: String) -> (mark: SilenceMark, comment: String)? {
        guard comment.hasSuffix("]"), let start = comment.ranges(of: opening).last else {
            return nil
        }
        let words = comment[start.upperBound...].dropLast()
        guard let point = words.lastIndex(of: "."), point > words.startIndex,
            let revision = UInt64(words[words.index(after: point)...])
        else { return nil }
        var rest = comment[..<start.lowerBound]
        if rest.last == " " { rest.removeLast() }
        return (SilenceMark(mute: String(words[..<point]), revision: revision), String(rest))
    }
}

extension Mute {
    /// Of a silence: the mute that it was made of; nil where it is no clawtop's.
    package var mark: SilenceMark? { SilenceMark.split(comment)?.mark }

    /// The comment without its mark.
    package var ownComment: String { SilenceMark.split(comment)?.comment ?? comment }

    /// The comment of its silence.
    package var markedComment: String {
        let mark = SilenceMark(mute: id, revision: revision)
        return comment.isEmpty ? "\(mark)" : "\(comment) \(mark)"
    }
}

extension Person {
    /// A silence's author, which is any text: `ada@laptop` is a person on a host.
    package init(author: String) {
        let at = author.lastIndex(of: "@") ?? author.endIndex
        self.init(user: String(author[..<at]), host: String(author[at...].dropFirst()))
    }
}
