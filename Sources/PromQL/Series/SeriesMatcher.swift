// SeriesMatcher: a selector's matcher, ready to be asked of many series.
import Events
import Patterns

/// A matcher whose regular expression is compiled, and asked once for each distinct value.
final class SeriesMatcher {
    let name: String
    private let test: Test
    private var answers: [ByteString: Bool] = [:]

    private enum Test {
        case equal(String)
        case notEqual(String)
        case matches(Pattern)
        case doesNotMatch(Pattern)
    }

    init(_ matcher: Matcher) throws(PatternError) {
        name = matcher.name
        switch matcher.operation {
        case .equal: test = .equal(matcher.value)
        case .notEqual: test = .notEqual(matcher.value)
        case .matches: test = .matches(try Pattern(matcher.value))
        case .doesNotMatch: test = .doesNotMatch(try Pattern(matcher.value))
        }
    }

    func holds(for labels: Labels) -> Bool { holds(for: labels[name]) }

    func holds(for value: String) -> Bool {
        switch test {
        case .equal(let wanted): return value.hasSameBytes(as: wanted)
        case .notEqual(let unwanted): return !value.hasSameBytes(as: unwanted)
        case .matches(let pattern): return remembered(value) { pattern.matches(value) }
        case .doesNotMatch(let pattern): return remembered(value) { !pattern.matches(value) }
        }
    }

    private func remembered(_ value: String, _ answer: () -> Bool) -> Bool {
        let key = ByteString(value)
        if let known = answers[key] { return known }
        // Values come and go: what is remembered stays bounded.
        if answers.count > 100_000 { answers.removeAll() }
        let answer = answer()
        answers[key] = answer
        return answer
    }

    /// The series that can match by this matcher alone; nil where it also holds without the label.
    func candidates(in index: LabelIndex) -> [Int32]? {
        if case .equal(let wanted) = test, !wanted.isEmpty { return index.series(name, wanted) }
        guard !holds(for: "") else { return nil }
        let lists = index.values(of: name).filter { holds(for: $0.key.text) }.values
        guard lists.count > 1 else { return lists.first ?? [] }
        return lists.flatMap { $0 }.sorted()
    }
}
