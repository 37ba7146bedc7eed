import Alerting
import Testing

struct TemplateErrorTests {
    @Test(arguments: [
        ("{{ if }}", "1: missing value for if"),
        ("{{ end }}", "1: unexpected {{end}}"),
        ("a\n{{ if true }}b\n", "3: unexpected EOF"),
        ("{{ if true }}{{ block \"a\" . }}b", "1: unexpected EOF"),
        ("{{ \"a }}", "1: unterminated quoted string"),
        ("{{ $undefined }}", "1: undefined variable \"$undefined\""),
        ("{{ tmpl \"g\" 7 }}", "1: function \"tmpl\" not defined"),
        ("{{ 1 | 2 }}", "1: non executable command in pipeline stage 2"),
        ("{{ print\n\n(1 }}", "3: unclosed left paren in action started at __alert_Slow:1"),
        ("\n{{ 1", "2: unclosed action"),
        ("{{ break }}", "1: {{break}} outside {{range}}"),
        ("{{ a@b }}", "1: bad character U+0040 '@'"),
        (
            "{{ define \"a\" }}x{{ end }}{{ define \"a\" }}y{{ end }}",
            "1: template: multiple definition of template \"a\""
        ),
    ])
    func `what Go cannot parse is refused in its words`(text: String, expected: String) {
        let error = #expect(throws: TemplateError.self) { try Template(text, name: "__alert_Slow") }
        #expect(error?.description == "template: __alert_Slow:" + expected)
    }

    /// The columns count the variables that stand before every text.
    @Test(arguments: [
        (
            "{{ .Nope }}", "1:115", ".Nope",
            """
            can't evaluate field Nope in type struct { Labels map[string]string; \
            ExternalLabels map[string]string; ExternalURL string; Value interface {} }
            """
        ),
        ("{{ humanize }}", "1:115", "humanize", "wrong number of args for humanize: want 1 got 0"),
        ("{{ value 3 }}", "1:121", "3", "can't handle 3 for arg of type *template.sample"),
        (
            "{{ toUpper $value }}", "1:123", "$value",
            "wrong type for value; expected string; got float64"
        ),
        (
            "{{ template \"none\" . }}", "1:124", "{{template \"none\" .}}",
            "template \"none\" not defined"
        ),
        ("{{ range $value }}{{ end }}", "1:121", "$value", "range can't iterate over 12345.678"),
        ("{{ nil }}", "1:115", "nil", "nil is not a command"),
    ])
    func `a failure becomes the text, with its place and reason`(
        text: String, place: String, source: String, reason: String
    ) throws {
        let expected = "template: __alert_Slow:\(place): executing \"__alert_Slow\" at "
        #expect(try failure(text) == expected + "<\(source)>: \(reason)")
    }

    @Test(arguments: [
        ("eq 1 1.0", "eq", "incompatible types for comparison: int and float64"),
        ("query \"broken\"", "query", "no such series"),
        ("first (query \"nothing\")", "first", "first() called on vector with no elements"),
        (
            "humanize \"abc\"", "humanize",
            "strconv.ParseFloat: parsing \"abc\": invalid syntax"
        ),
        ("match \"(\" \"a\"", "match", "error parsing regexp: missing closing ): `(`"),
        (
            "reReplaceAll \"*\" \"\" \"a\"", "reReplaceAll",
            """
            regexp: Compile(`*`): error parsing regexp: \
            missing argument to repetition operator: `*`
            """
        ),
        (
            "value nil", "value",
            "runtime error: invalid memory address or nil pointer dereference"
        ),
        ("parseDuration \"5x\"", "parseDuration", "unknown unit \"x\" in duration \"5x\""),
    ])
    func `a function's complaint is told with its call`(
        call: String, name: String, reason: String
    ) throws {
        let place = "template: __alert_Slow:1:115: executing \"__alert_Slow\" at <\(call)>"
        #expect(try failure("{{ \(call) }}") == "\(place): error calling \(name): \(reason)")
    }

    @Test func `a place is told by line and byte, and by the definition it is in`() throws {
        let expected = "template: __alert_Slow:2:4: executing \"__alert_Slow\" at <len 1>: "
        #expect(try failure("é\n {{ len 1 }}") == expected + "error calling len: len of type int")
        let text = "{{ define \"f\" }}{{ toUpper . }}{{ end }}{{ template \"f\" 1 }}"
        #expect(
            try failure(text).contains("__alert_Slow:1:139: executing \"f\" at <.>: wrong type"))
    }
}
