// WordDifference: what changed between two texts, word by word.

/// Both texts as one: words that are only in the first as `[-old-]`, only in the second as `{+new+}`.
///
/// The notation is that of wdiff and of `git diff --word-diff`.
package func wordDifference(from old: String, to new: String) -> String {
    let (old, new) = (words(of: old), words(of: new))
    // Long texts would take the square of their length.
    guard old.count * new.count <= 1_000_000 else {
        return "[-\(old.joined())-]{+\(new.joined())+}"
    }
    let common = commonLengths(old, new)
    var (text, removed, added) = ("", "", "")
    func flush() {
        if !removed.isEmpty { text += "[-\(removed)-]" }
        if !added.isEmpty { text += "{+\(added)+}" }
        (removed, added) = ("", "")
    }
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
        if i < old.count, j < new.count, old[i] == new[j] {
            flush()
            text += old[i]
            (i, j) = (i + 1, j + 1)
        } else if j == new.count || (i < old.count && common[i + 1][j] >= common[i][j + 1]) {
            removed += old[i]
            i += 1
        } else {
            added += new[j]
            j += 1
        }
    }
    flush()
    return text
}

/// Letters and digits that stand together, and all other characters one by one.
private func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
        let run = first.isLetter || first.isNumber ? rest.prefix { $0.isLetter || $0.isNumber } : ""
        words.append(run.isEmpty ? rest.prefix(1) : run)
        rest = rest.dropFirst(max(1, run.count))
    }
    return words
}

/// How many words the ends of both texts have in common, from each pair of places on.
private func commonLengths(_ old: [Substring], _ new: [Substring]) -> [[Int]] {
    var lengths = Array(
        repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
        for j in new.indices.reversed() {
            lengths[i][j] =
                old[i] == new[j]
                ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
        }
    }
    return lengths
}
