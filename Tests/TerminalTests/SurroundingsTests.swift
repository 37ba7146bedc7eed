import Testing

@testable import Terminal

struct SurroundingsTests {
    @Test(arguments: [
        ([:], true), (["LANG": "C"], false), (["LANG": "de_DE.UTF-8"], true),
        (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], false), (["LC_ALL": "", "LANG": "C.utf8"], true),
        (["LC_CTYPE": "POSIX"], false), (["LANG": "de_DE.ISO-8859-1"], false),
    ])
    func `the first locale variable that says something decides about Unicode`(
        variables: [String: String], isUTF8: Bool
    ) {
        #expect(Surroundings(variables).isUTF8 == isUTF8)
    }

    @Test(arguments: [
        (256, [:], ColorDepth.indexed), (256, ["COLORTERM": "truecolor"], .direct),
        (256, ["COLORTERM": "24bit", "NO_COLOR": "1"], .none), (256, ["NO_COLOR": ""], .indexed),
        (8, [:], .eight), (16, [:], .sixteen), (88, [:], .sixteen), (0, [:], .none),
    ])
    func `colour is what the terminal has and the person wants`(
        colors: Int, variables: [String: String], depth: ColorDepth
    ) {
        #expect(ColorDepth(colors: colors, Surroundings(variables)) == depth)
    }

    @Test(arguments: [
        (RGB(red: 0xFF, green: 0, blue: 0), 196), (RGB(red: 0, green: 0, blue: 0), 16),
        (RGB(red: 0x80, green: 0x80, blue: 0x80), 244),
        (RGB(red: 0x4A, green: 0x53, blue: 0x5E), 240),
        (RGB(red: 0xFF, green: 0xFF, blue: 0xFF), 231),
        (RGB(red: 0x22, green: 0x33, blue: 0x44), 236),
    ])
    func `a colour has a nearest one among 240`(color: RGB, index: Int) {
        #expect(color.nearestIndex == index)
    }

    @Test func `bytes become text that a terminal can take for its clipboard`() {
        for (text, encoded) in [
            ("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("é→", "w6nihpI="),
        ] {
            #expect(Base64.encoded(Array(text.utf8)) == Array(encoded.utf8))
        }
    }
}
