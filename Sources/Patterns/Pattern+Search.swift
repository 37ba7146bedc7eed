// Pattern+Search: where in a text an expression matches, and replacing what it finds.
import CRE2

extension Pattern {
    /// The first match, as byte ranges: the whole first, then each group; nil for a group left out.
    typealias Match = [Range<Int>?]

    /// Whether the expression matches anywhere in the text.
    package func occurs(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { firstMatch(in: $0, from: 0) != nil }
    }

    /// The replacement for a value that matches as a whole; nil where it does not.
    package func expand(_ replacement: String, in value: String) -> String? {
        let pieces = Replacement(replacement, for: self).pieces
        var value = value
        return value.withUTF8 { bytes in
            guard let match = firstMatch(in: bytes, from: 0, isWhole: true) else { return nil }
            var result: [UInt8] = []
            for piece in pieces { piece.append(match, of: bytes, to: &result) }
            return String(decoding: result, as: UTF8.self)
        }
    }

    /// The text with every match replaced.
    ///
    /// In the replacement `$1` and `${1}` stand for a group by number, `$name` and `${name}` by
    /// name, `$$` for a dollar. An empty match right after another match is left alone.
    /// These are the rules of Go's `ReplaceAllString`: <https://pkg.go.dev/regexp>
    package func replacingAll(in text: String, with replacement: String) -> String {
        let pieces = Replacement(replacement, for: self).pieces
        var text = text
        return text.withUTF8 { bytes in
            String(decoding: replacedBytes(of: bytes, with: pieces), as: UTF8.self)
        }
    }

    private func replacedBytes(
        of bytes: UnsafeBufferPointer<UInt8>, with pieces: [Replacement.Piece]
    ) -> [UInt8] {
        var result: [UInt8] = []
        var copied = 0
        var start = 0
        while start <= bytes.count, let match = firstMatch(in: bytes, from: start),
            let whole = match.first.flatMap(\.self)
        {
            result += bytes[copied..<whole.lowerBound]
            if whole.upperBound > copied || whole.lowerBound == 0 {
                for piece in pieces { piece.append(match, of: bytes, to: &result) }
            }
            copied = whole.upperBound
            start = max(whole.upperBound, nextScalar(in: bytes, after: start))
        }
        result += bytes[copied...]
        return result
    }

    private func nextScalar(in bytes: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
        var next = start + 1
        while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    private func firstMatch(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool = false
    ) -> Match? {
        var bounds = [Int](repeating: -1, count: 2 * (claw_pattern_groups(compiled) + 1))
        let found = bytes.withMemoryRebound(to: CChar.self) { text in
            claw_pattern_find(compiled, text.baseAddress, text.count, start, isWhole, &bounds)
        }
        guard found else { return nil }
        return stride(from: 0, to: bounds.count, by: 2).map { index in
            bounds[index] < 0 ? nil : bounds[index]..<bounds[index + 1]
        }
    }

    /// The number of the group of that name.
    func group(named name: String) -> Int? {
        let group = claw_pattern_group(compiled, name, name.utf8.count)
        return group < 0 ? nil : group
    }
}
