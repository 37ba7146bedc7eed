import Alerting
import Testing

struct TemplateLimitTests {
    @Test(arguments: [
        ("{{ range 1000000000 }}{{ end }}", "takes too many steps"),
        (
            "{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}",
            "exceeded maximum template depth"
        ),
        ("{{ range 1000 }}{{ query \"q\" }}{{ end }}", "takes too many steps"),
        (
            "{{ $x := \"12345678\" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}",
            "takes too many steps"
        ),
        ("{{ range 100 }}{{ printf \"%900000d\" 1 }}{{ end }}", "longer than 1048576 bytes"),
    ])
    func `a template that would never end is ended`(text: String, expected: String) throws {
        #expect(try failure(text).contains(expected))
    }

    @Test func `parentheses and branches nest only so deep`() {
        let parentheses =
            "{{ " + String(repeating: "(", count: 5000) + "1"
            + String(repeating: ")", count: 5000) + " }}"
        let branches =
            String(repeating: "{{ if 1 }}", count: 5000)
            + String(repeating: "{{ end }}", count: 5000)
        for text in [parentheses, branches] {
            let error = #expect(throws: TemplateError.self) { try Template(text, name: "deep") }
            #expect(error?.description.hasSuffix("max expression depth exceeded") == true)
        }
    }

    /// Words of templates strung together at random, the same in every run.
    @Test func `nonsense neither traps nor hangs`() throws {
        var random = Shuffle(state: 20)
        for _ in 0..<3000 {
            let words = (0..<Int.random(in: 1...14, using: &random)).map { _ in
                Self.words.randomElement(using: &random) ?? ""
            }
            let text = (Bool.random(using: &random) ? "{{" : "") + words.joined(separator: " ")
            if let expanded = try? expand(text) { #expect(expanded.utf8.count <= 2 << 20) }
        }
    }

    private static let words = [
        "{{", "}}", "{{-", "-}}", "|", "(", ")", ".", "$", "$value", "$labels", ".Labels", "\"a\"",
        "`b`", "'c'", "1", "2.5", "-1", "0x", "1e400", "nil", "true", "printf", "\"%d\"",
        "\"%5.2f\"",
        "\"%[3]*.*[9]v\"", "range", "if", "else", "end", "with", "define", "\"t\"", "template",
        "block", "break", "continue", ":=", "=", "$x", ",", "query \"q\"", "first", "value",
        "label \"shop\"", "len", "index", "eq", "lt", "and", "or", "not", "print", "humanize",
        "humanizeDuration", "1e300", "toTime", ".Year", "toDuration", ".Round", ".Format", "html",
        "js", "slice", "\n", "/*", "*/", "args", ".arg0", "call", "match", "reReplaceAll",
        "\"(.)\"",
        "\"$1$1\"", "toUpper", "title", "stripPort", "é", "%", "@", "\u{0}", "🛒",
        "9223372036854775807",
    ]
}

/// A small random number generator whose numbers are the same in every run.
struct Shuffle: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) | (state << 31)
    }
}
