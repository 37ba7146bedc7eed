import Alerting
import Testing

struct TemplateLanguageTests {
    @Test func `a text without actions is its own expansion`() throws {
        #expect(try expand("50% of {carts} are }} slow") == "50% of {carts} are }} slow")
    }

    @Test(arguments: [
        ("{{ $labels.job }} {{ .Labels.job }} {{ index $labels \"job\" }}", "cart cart cart"),
        ("[{{ $labels.none }}]", "[]"),
        ("{{ $value }} {{ .Value }} {{ $.Value }}", "12345.678 12345.678 12345.678"),
        ("{{ $externalLabels.cluster }} {{ .ExternalLabels.cluster }}", "c1 c1"),
        ("{{ $externalURL }} {{ pathPrefix }}", "http://watch.example/p /p"),
        ("{{ $labels }}", "map[__name__:latency instance:cart-1.shop:9100 job:cart]"),
    ])
    func `an alert's data is there as fields and as variables`(text: String, expected: String)
        throws
    {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("a {{- 1 -}} b", "a1b"), ("a\n {{- 1 }} b", "a1 b"), ("{{- 1 -}}\n\n b", "1b"),
        ("a{{-1}}", "a-1"), ("a{{/* why */}}b", "ab"), ("a {{- /* why */ -}} b", "ab"),
    ])
    func `trim markers take the spaces beside an action, comments leave nothing`(
        text: String, expected: String
    ) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ 'a' }} {{ '\\n' }} {{ '\\u00e9' }}", "97 10 233"),
        ("{{ \"a\\t\\\"\\u00e9\\x41\" }} {{ `a\\t` }}", "a\t\"éA a\\t"),
        ("{{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 017 }} {{ 1_000 }}", "31 5 15 15 1000"),
        ("{{ 1e3 }} {{ .5 }} {{ -2.5e10 }} {{ 0x1p4 }}", "1000 0.5 -2.5e+10 16"),
        ("{{ true }} {{ false }}", "true false"),
    ])
    func `literals are Go's`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ \"a\" | printf \"%s-%s\" \"b\" | toUpper | len }}", "3"),
        ("{{ print (print 1 2) (len (print \"abc\")) }}", "1 23"),
        ("{{ (index (query \"q\") 1).Labels.shop }}", "a"),
        ("{{ $value | printf \"%.1f\" | printf \"%8s|\" }}", " 12345.7|"),
    ])
    func `a pipeline hands each value on as the last argument`(
        text: String, expected: String
    ) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}", "2"),
        ("{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}", "1"),
        ("{{ $x := 5 -}} {{ $x }} {{ $x = 6 }}{{ $x }}", "5 6"),
        ("{{ with $x := $labels.job }}{{ $x }}{{ . }}{{ end }}", "cartcart"),
    ])
    func `a variable lives until its branch ends`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ if $labels.none }}a{{ else if gt $value 9.0 }}b{{ else }}c{{ end }}", "b"),
        ("{{ if 0 }}a{{ end }}{{ if \"\" }}b{{ end }}{{ if not nil }}c{{ end }}", "c"),
        ("{{ with $labels.none }}a{{ else with $labels.job }}{{ . }}{{ end }}", "cart"),
        ("{{ with query \"nothing\" }}a{{ else }}{{ .Value }}{{ end }}", "12345.678"),
    ])
    func `branches are taken by what is empty, zero or nil`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        (
            "{{ range query \"q\" }}{{ .Labels.shop }}={{ .Value }};{{ end }}",
            "c=0.5;a=12;b=3.456789e+06;"
        ),
        (
            "{{ range $i, $e := query \"q\" }}{{ $i }}{{ $e | label \"shop\" }} {{ end }}",
            "0c 1a 2b "
        ),
        (
            "{{ range $name, $text := $externalLabels }}{{ $name }}={{ $text }}{{ end }}",
            "cluster=c1"
        ),
        ("{{ range query \"nothing\" }}a{{ else }}none{{ end }}", "none"),
        (
            """
            {{ range 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}\
            {{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}
            """,
            "02"
        ),
        ("{{ $last := 0 }}{{ range 3 }}{{ $last = . }}{{ end }}{{ $last }}", "2"),
        ("{{ range args 1 \"b\" nil }}{{ . }},{{ end }}", "1,b,<no value>,"),
    ])
    func `range goes through samples, maps and numbers`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        (
            "{{ define \"f\" }}{{ .arg0 }}-{{ .arg1 }}{{ end }}{{ template \"f\" (args 1 \"b\") }}",
            "1-b"
        ),
        ("{{ block \"b\" $value }}[{{ . }}]{{ end }}", "[12345.678]"),
        (
            """
            {{ define "a" }}{{ template "b" . }}{{ end }}\
            {{ define "b" }}<{{ . }}>{{ end }}{{ template "a" 3 }}
            """,
            "<3>"
        ),
    ])
    func `a definition is expanded with the value it is given`(
        text: String, expected: String
    ) throws {
        #expect(try expand(text) == expected)
    }
}
