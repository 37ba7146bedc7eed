import Patterns
import Testing

struct SearchTests {
    @Test(arguments: [("a.c", true), ("^b", false), ("", true), ("c$", false), ("ü", true)])
    func `a pattern can be looked for anywhere in a text`(expression: String, expected: Bool) throws
    {
        #expect(try Pattern(expression).occurs(in: "xabcü") == expected)
    }

    @Test func `a dot stands for a line's end only where asked for`() throws {
        #expect(try Pattern("a.b").occurs(in: "a\nb"))
        #expect(try !Pattern("a.b", anyIsNewline: false).occurs(in: "a\nb"))
    }

    @Test(arguments: [
        ("(.*):(.*)", "$2-$1", "cart:80", "80-cart"),
        ("(?P<x>a)", "[${x}$x]$$$1x${1}x", "ba", "b[aa]$ax"),
        ("b|(x)", "<$1>", "abc", "a<>c"),
        ("b", "$ ${ ${x $9 $01 ${0}", "abc", "a$ ${ ${x   bc"),
    ])
    func `a replacement names groups as in Go`(
        expression: String, replacement: String, text: String, expected: String
    ) throws {
        #expect(try Pattern(expression).replacingAll(in: text, with: replacement) == expected)
    }

    @Test(arguments: [
        ("", "-", "hé", "-h-é-"), ("a*", "X", "baaac", "XbXcX"), ("^", "X", "ab", "Xab"),
        ("(?m)^", "X", "a\nb", "Xa\nXb"), ("x", "y", "", ""),
    ])
    func `empty matches are replaced once at each place`(
        expression: String, replacement: String, text: String, expected: String
    ) throws {
        #expect(try Pattern(expression).replacingAll(in: text, with: replacement) == expected)
    }

    @Test(arguments: [
        ("a(b", "missing closing ): `a(b`"), ("[a", "missing closing ]: `[a`"),
        ("*a", "missing argument to repetition operator: `*`"),
        ("a**", "invalid nested repetition operator: `**`"),
        ("a\\", "trailing backslash at end of expression: ``"),
    ])
    func `a faulty expression is told in Go's words too`(expression: String, expected: String) {
        let error = #expect(throws: PatternError.self) { try Pattern(expression) }
        #expect(error?.inGoWords == "error parsing regexp: " + expected)
    }
}
