// LabelMatcher+Word: one matcher as it is typed.
import Events

extension LabelMatcher {
    static func list(_ word: String) throws(MuteText.Fault) -> [LabelMatcher] {
        guard let sign = word.firstIndex(where: { "=!".contains($0) }), sign > word.startIndex
        else {
            throw MuteText.Fault(
                words: "\(word.prefix(40)) is no matcher: name=value, !=, =~ or !~")
        }
        let rest = word[sign...]
        let operators = ["=~", "!~", "!=", "="]
        guard let found = operators.first(where: rest.hasPrefix) else {
            throw MuteText.Fault(
                words: "\(word.prefix(40)) is no matcher: name=value, !=, =~ or !~")
        }
        let value = rest.dropFirst(found.count).filter { $0 != "\"" }
        return [
            LabelMatcher(
                String(word[..<sign]), String(value), isRegex: found.hasSuffix("~"),
                isEqual: found.hasPrefix("="))
        ]
    }
}
