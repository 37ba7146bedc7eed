// RecordedMatcherTests: matchers as Alertmanager 0.34 reads them, in its UTF-8 mode and by default.
import Events
import TestKit
import Testing
import WorldModel

private struct RecordedMatcher: Decodable {
    /// What it read, or why it did not.
    enum Reading: Decodable {
        case read([LabelMatcher])
        case refused

        struct Matcher: Decodable {
            var name, type, value: String

            var ours: LabelMatcher {
                LabelMatcher(
                    name, value, isRegex: type.hasSuffix("~"), isEqual: type.hasPrefix("="))
            }
        }

        init(from decoder: any Decoder) throws {
            let matchers = try? [Matcher](from: decoder)
            self = matchers.map { .read($0.map(\.ours)) } ?? .refused
        }

        var matchers: [LabelMatcher]? {
            guard case .read(let matchers) = self else { return nil }
            return matchers
        }
    }

    enum CodingKeys: String, CodingKey {
        case input
        case strict = "utf8_strict_mode"
        case lenient = "matchers"
    }

    var input: String
    var strict: Reading
    /// The UTF-8 mode and, where it refuses, the notation of before it.
    var lenient: Reading
}

private let path = "promql/prometheus3/alertmanager/matchers.jsonl"

@Suite(.enabled(if: SharedMaterial.has(path), SharedMaterial.missing))
struct RecordedMatcherTests {
    /// Nothing to match is no condition, and a label has a name.
    private let holdForAll: Set = ["", "{}", #"""="bar""#]
    /// Most likely mistyped: a second sign, a missing comma or brace, single quotes.
    private let mistyped: Set = [
        "foo==bar", "foo = ~bar", "foo=bar baz=qux", #"foo="bar"}"#, "foo=`bar`",
    ]

    @Test func `what its UTF-8 mode reads we read alike`() throws {
        for row in try SharedMaterial.rows(path, as: RecordedMatcher.self) {
            guard let expected = row.strict.matchers, !holdForAll.contains(row.input) else {
                continue
            }
            #expect(try MatcherSet(parsing: row.input).matchers == expected, "\(row.input)")
        }
    }

    @Test func `what it reads by default we read alike or refuse`() throws {
        let refused = holdForAll.union(mistyped)
        for row in try SharedMaterial.rows(path, as: RecordedMatcher.self) {
            let expected = refused.contains(row.input) ? nil : row.lenient.matchers
            let ours = try? MatcherSet(parsing: row.input).matchers
            #expect(ours == expected, "\(row.input)")
        }
    }
}
