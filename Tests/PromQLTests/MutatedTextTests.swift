// MutatedTextTests: broken and odd texts are refused or read, never worse.
import Testing

@testable import PromQL

struct MutatedTextTests {
    @Test func `texts made of odd pieces are refused or read back as they were read`() {
        var mutation = Mutation(seed: 7)
        for _ in 0..<6000 {
            let text = mutation.next()
            if let fault = fault(in: text) { Issue.record("\(fault): \(text)") }
        }
    }

    @Test func `series made of odd pieces are refused or read`() {
        var mutation = Mutation(seed: 11, pieces: Mutation.series)
        for _ in 0..<2000 { _ = try? SeriesDescription.parse(mutation.next()) }
    }
}

/// What is wrong with how a text is read and printed; nil where nothing is, or it is refused.
private func fault(in text: String) -> String? {
    guard let expression = try? Expression.parse(text) else { return nil }
    let pretty = expression.pretty
    guard (try? Expression.parse(expression.description)) == expression else {
        return "printed as \(expression)"
    }
    guard (try? Expression.parse(pretty)) == expression else { return "formatted as \(pretty)" }
    return (try? Expression.parse(pretty))?.pretty == pretty ? nil : "formatted twice"
}

/// Texts put together from pieces of the language, then broken.
struct Mutation {
    private var state: UInt64
    private let pieces: [String]

    init(seed: UInt64, pieces: [String] = Self.language) {
        state = seed
        self.pieces = pieces
    }

    /// A text of up to a dozen pieces, some of its characters changed.
    mutating func next() -> String {
        var text = (0..<(1 + below(12))).map { _ in pick(pieces) }.joined(
            separator: pick(["", " "]))
        for _ in 0..<pick([0, 0, 1, 2, 5]) { damage(&text) }
        return text
    }

    private mutating func damage(_ text: inout String) {
        guard !text.isEmpty else { return }
        let place = text.index(text.startIndex, offsetBy: below(text.count))
        switch below(4) {
        case 0: text.remove(at: place)
        case 1: text.insert(Character(pick(Self.characters)), at: place)
        case 2: text = String(text[..<place])
        default: text.insert(contentsOf: pick(pieces), at: place)
        }
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[below(choices.count)]
    }

    /// A number below `bound`, by a linear congruential generator.
    private mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: state >> 33) % bound
    }

    private static let characters: [Unicode.Scalar] = [
        "\"", "'", "`", "\\", "(", ")", "[", "]", "{", "}", "x", "é", "\u{FFFD}", "\n", "#", "@",
        "-", "1", "e", ".", "_", ":", ",", "=", "~", "!", "\u{0}", "\u{10FFFF}",
    ]

    static let language = [
        "x", "up{job=\"a\"}", "{\"my.metric\",\"é\"!~\"b+\"}", "a:b:c", "1", "0x1F", "0755", "1e3",
        "1_000", "Inf", "NaN", "5m", "1d12h", "-", "+", "*", "/", "%", "^", "atan2", "==", "!=",
        ">", "<", ">=", "<=", ">/", "</", "and", "or", "unless", "bool", "on(a)", "ignoring(b,c)",
        "group_left", "group_right(d)", "fill(1)", "(", ")", "(x)", "[5m]", "[1h:1m]", "[5m:]",
        "[1h/2]", "[step()+1]", "[min_of(1m,range()):]", "[(1+2)*3]", "offset 5m", "offset -1h",
        "offset -(step()*2)", "offset (1m)+2", "@ 7", "@ start()", "@ end()", "@ -1.5", "sum",
        "sum(x)", "avg by (a) (x)", "count without (b,\"c d\") (x)", "topk(3, x)", "by (a)",
        "quantile(0.9, x)", "count_values(\"v\", x)", "rate(x[5m])", "abs(", "time()", "vector(1)",
        "label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")", "\"text\"", "'it\\'s'", "`raw`",
        "\"\\xff\\u1234\"", "# comment\n", ",", "{", "}", "[", "]", "start", "end", "anchored",
    ]

    static let series = [
        "my_metric", "{a=\"b\"}", "{\"c d\"=\"e\"}", " ", "1", "-2", "+3", "1.5", "x3", "_", "_x2",
        "1+2x3", "-3-1x4", "stale", "stalex2", "Inf", "NaN", "5m", "{{}}", "x99999999999", "1e999",
    ]
}
