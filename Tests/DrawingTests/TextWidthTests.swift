import Testing

@testable import Drawing

struct TextWidthTests {
    @Test(arguments: [
        ("cart", 4), ("漢字", 4), ("e\u{301}", 1), ("⠿▁█", 3), ("ｶﾞ", 2),
        ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("❤️", 1), ("🇩🇪", 2), ("1️⃣", 1),
        ("👩‍❤️‍👩", 2), ("क्‍ष", 2), ("a\u{200B}b\u{FEFF}c\u{AD}d", 4),
    ])
    func `a text is as wide as every terminal draws it`(text: String, columns: Int) {
        #expect(TextWidth.columns(text) == columns)
        var canvas = Canvas(Size(20, 1))
        #expect(canvas.write(text, x: 0, y: 0) == columns)
    }

    @Test(arguments: [
        ("a\u{1B}[31mb", "a␛[31mb"), ("a\nb\r", "a␊b␍"), ("a\tb", "a b"), ("\u{7F}", "␡"),
        ("a\u{9B}31mb", "a\u{FFFD}31mb"), ("abc\u{202E}def\u{2066}", "abcdef"),
        ("a\u{2028}b", "ab"), ("🇩🇪", "DE"), ("\u{E0041}x", "x"), ("\u{1FAE9}", "\u{FFFD}"),
    ])
    func `what could steer the terminal or split opinions becomes harmless`(
        text: String, drawn: String
    ) {
        var canvas = Canvas(Size(20, 1))
        canvas.write(text, x: 0, y: 0)
        #expect(canvas.text == drawn)
    }

    @Test(arguments: [
        ("payment", 7, "payment"), ("payment", 6, "payme…"), ("payment", 1, "…"),
        ("payment", 0, ""), ("payment", -1, ""), ("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 6, "漢字…"),
        ("漢字漢字", 7, "漢字漢…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("日本", 1, "…"),
    ])
    func `a long text ends in an ellipsis and no character is cut`(
        text: String, columns: Int, fitted: String
    ) {
        #expect(TextWidth.fitted(text, to: columns) == fitted)
        #expect(TextWidth.columns(fitted) <= max(0, columns))
    }

    @Test func `a padded text is exactly as wide as asked`() {
        #expect(TextWidth.padded("9ms", to: 5, .right) == "  9ms")
        #expect(TextWidth.padded("漢字", to: 3) == "漢…")
        #expect(TextWidth.padded("漢字漢", to: 4) == "漢… ")
    }

    @Test func `every scalar there is has 0, 1 or 2 columns, and none steers`() {
        for value in UInt32(0)...0x10FFFF {
            guard let drawn = Unicode.Scalar(value)?.drawn else { continue }
            let isControl = drawn.scalar.properties.generalCategory == .control
            guard !(0...2).contains(drawn.columns) || isControl else { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }
}
