// FirstKey: the first key of an entry, which says what the entry is: `- consul: http://host:8500`.
import Wording

/// A word that must be one of a few.
struct FirstKey {
    let word: String
    let place: Place

    /// - Throws: where the entry is no mapping; `form` says how it is written.
    init(of node: Node, in file: String, expecting form: String) throws(DocumentError) {
        guard case .mapping(let entries) = node.content, let first = entries.first else {
            throw DocumentError(file, node.place, "expected \(form)")
        }
        (word, place) = (first.key, first.place)
    }

    /// Which of `kinds` the word is; a word that is like none of ours may be a secret.
    ///
    /// - Throws: where it is none; `complaint` says what it is not.
    @discardableResult
    func index(
        among kinds: [String], in file: String, isOurs: Bool = false, _ complaint: String
    ) throws(DocumentError) -> Int {
        if let index = kinds.firstIndex(of: word) { return index }
        let hint = suggestion(for: word, among: kinds)
        let subject = isOurs || !hint.isEmpty ? "\"\(word)\"" : "this"
        throw DocumentError(
            file, place,
            "\(subject) \(complaint)\(hint); the first key is one of \(kinds.joined(separator: ", "))"
        )
    }
}
