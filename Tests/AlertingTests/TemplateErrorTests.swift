import Alerting
import Testing

struct TemplateErrorTests {
    @Test(arguments: [
        ("{{ if }}", "1: missing value for if"),
        ("{{ end }}", "1: unexpected {{end}}"),
        ("a\n{{ if true }}b\n", "3: unexpected EOF"),
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
            "{{ .Nope }}",
            "1:115: executing \"__alert_Slow\" at <.Nope>: can't evaluate field Nope in type struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }"
        ),
        (
            "{{ humanize }}",
            "1:115: executing \"__alert_Slow\" at <humanize>: wrong number of args for humanize: want 1 got 0"
        ),
        (
            "{{ value 3 }}",
            "1:121: executing \"__alert_Slow\" at <3>: can't handle 3 for arg of type *template.sample"
        ),
        (
            "{{ eq 1 1.0 }}",
            "1:115: executing \"__alert_Slow\" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64"
        ),
        (
            "{{ toUpper $value }}",
            "1:123: executing \"__alert_Slow\" at <$value>: wrong type for value; expected string; got float64"
        ),
        (
            "{{ query \"nothing\" | first }}",
            "1:133: executing \"__alert_Slow\" at <first>: error calling first: first() called on vector with no elements"
        ),
        (
            "{{ query \"broken\" }}",
            "1:115: executing \"__alert_Slow\" at <query \"broken\">: error calling query: no such series"
        ),
        (
            "é\n {{ humanize \"abc\" }}",
            "2:4: executing \"__alert_Slow\" at <humanize \"abc\">: error calling humanize: strconv.ParseFloat: parsing \"abc\": invalid syntax"
        ),
        (
            "{{ match \"(\" \"a\" }}",
            "1:115: executing \"__alert_Slow\" at <match \"(\" \"a\">: error calling match: error parsing regexp: missing closing ): `(`"
        ),
        (
            "{{ reReplaceAll \"*\" \"\" \"a\" }}",
            "1:115: executing \"__alert_Slow\" at <reReplaceAll \"*\" \"\" \"a\">: error calling reReplaceAll: regexp: Compile(`*`): error parsing regexp: missing argument to repetition operator: `*`"
        ),
        (
            "{{ template \"none\" . }}",
            "1:124: executing \"__alert_Slow\" at <{{template \"none\" .}}>: template \"none\" not defined"
        ),
        (
            "{{ define \"f\" }}{{ toUpper . }}{{ end }}{{ template \"f\" 1 }}",
            "1:139: executing \"f\" at <.>: wrong type for value; expected string; got int"
        ),
        (
            "{{ range $value }}{{ end }}",
            "1:121: executing \"__alert_Slow\" at <$value>: range can't iterate over 12345.678"
        ),
        ("{{ nil }}", "1:115: executing \"__alert_Slow\" at <nil>: nil is not a command"),
        (
            "{{ value nil }}",
            "1:115: executing \"__alert_Slow\" at <value nil>: error calling value: runtime error: invalid memory address or nil pointer dereference"
        ),
        (
            "{{ parseDuration \"5x\" }}",
            "1:115: executing \"__alert_Slow\" at <parseDuration \"5x\">: error calling parseDuration: unknown unit \"x\" in duration \"5x\""
        ),
    ])
    func `a failure becomes the text, with its place and reason`(
        text: String, expected: String
    ) throws {
        #expect(try failure(text) == "template: __alert_Slow:" + expected)
    }
}
