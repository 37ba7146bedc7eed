// Split: a length shared out among parts that want some of it.

/// What one part of a row or a column asks for.
package struct Part: Hashable, Sendable {
    /// Less than `least` is no use to it, `wanted` is what it likes, and of what is then left over
    /// it takes its share by `flex`.
    package var least, wanted, flex: Int
    /// 0 is never left out; of the others the highest goes first, and the last one among equals.
    package var priority: Int

    package init(_ wanted: Int, least: Int? = nil, flex: Int = 0, priority: Int = 0) {
        self.wanted = max(0, wanted)
        self.least = min(max(0, least ?? wanted), self.wanted)
        (self.flex, self.priority) = (max(0, flex), priority)
    }
}

package enum Split {
    /// The length of each part, with `gap` between them; nil for one that is left out.
    package static func lengths(of parts: [Part], in length: Int, gap: Int = 0) -> [Int?] {
        let kept = kept(of: parts, in: length, gap: gap)
        var lengths: [Int?] = parts.map { _ in nil }
        var spare = length - gap * max(0, kept.count - 1)
        for i in kept {
            let share = min(parts[i].least, max(0, spare))
            lengths[i] = share
            spare -= share
        }
        for i in kept where spare > 0 {
            let more = min(parts[i].wanted - parts[i].least, spare)
            lengths[i] = (lengths[i] ?? 0) + more
            spare -= more
        }
        return grown(lengths, parts, by: max(0, spare))
    }

    /// The parts that stay, when the least important give way until the rest fits.
    private static func kept(of parts: [Part], in length: Int, gap: Int) -> [Int] {
        var kept = Array(parts.indices)
        func isTooLong() -> Bool {
            kept.reduce(-gap) { $0 + parts[$1].least + gap } > length
        }
        while isTooLong(),
            let last = kept.max(by: { (parts[$0].priority, $0) < (parts[$1].priority, $1) }),
            parts[last].priority > 0
        {
            kept.removeAll { $0 == last }
        }
        return kept
    }

    /// Shares `spare` out by flex; what cannot be divided goes to the first ones.
    private static func grown(_ lengths: [Int?], _ parts: [Part], by spare: Int) -> [Int?] {
        var (lengths, spare) = (lengths, spare)
        var flex = parts.indices.reduce(0) { $0 + (lengths[$1] == nil ? 0 : parts[$1].flex) }
        for i in parts.indices where parts[i].flex > 0 {
            guard let length = lengths[i] else { continue }
            let share = (spare * parts[i].flex + flex - 1) / flex
            lengths[i] = length + share
            spare -= share
            flex -= parts[i].flex
        }
        return lengths
    }
}
